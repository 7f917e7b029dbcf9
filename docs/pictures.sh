#!/usr/bin/env bash
# Makes every picture in docs/pictures anew: runs `faqbot preview` over the bundled FAQ in a real Chromium.
# It needs the packages chromium and chromium-driver.
set -euo pipefail
cd "$(dirname "$0")/.."
REQUIRE_CHROMIUM=1 cargo test --test it preview::pictures -- --ignored
