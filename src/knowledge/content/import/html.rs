//! Turns the HTML of web pages and website editors into Markdown, which Discord shows.

use htmd::{
    Element, HtmlToMarkdown,
    element_handler::{HandlerResult, Handlers},
    options::{BulletListMarker, Options},
};

/// Tags by which a text is recognised as HTML. Mentions and addresses in angle brackets are none.
const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "html",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "small",
    "span",
    "strong",
    "summary",
    "table",
    "td",
    "tr",
    "u",
    "ul",
];

/// The text as Markdown, if it contains HTML tags or entities.
pub(super) fn if_html(text: &str) -> Option<String> {
    (has_tag(text) || has_entity(text)).then(|| to_markdown(text))
}

/// A page or a piece of HTML as Markdown.
pub(super) fn to_markdown(html: &str) -> String {
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let converter = HtmlToMarkdown::builder()
        .options(options)
        .skip_tags(vec!["head", "script", "style", "noscript", "template", "nav", "footer", "img", "svg"])
        // The questions of a page that folds its answers.
        .add_handler(vec!["summary", "dt"], |handlers: &dyn Handlers, element: Element<'_>| {
            let inner = handlers.walk_children(element.node).content;
            Some(HandlerResult::from(format!("\n\n**{}**\n\n", inner.trim().trim_matches('*'))))
        })
        .add_handler(vec!["a"], |handlers: &dyn Handlers, element: Element<'_>| {
            let mut attributes = element.attrs.iter();
            let link = attributes.find(|attribute| &*attribute.name.local == "href")?.value.to_string();
            let text = handlers.walk_children(element.node).content;
            let (text, is_web) = (text.trim(), link.starts_with("http://") || link.starts_with("https://"));
            let address = link.strip_prefix("mailto:").unwrap_or(&link);
            Some(HandlerResult::from(match () {
                () if text.is_empty() || text == address => address.to_owned(),
                () if is_web => format!("[{text}]({link})"),
                // Discord links only web addresses.
                () => format!("{text} ({address})"),
            }))
        })
        .build();
    // The conversion fails only where reading its input does, and a text cannot fail to be read.
    let markdown = converter.convert(html).unwrap_or_else(|_| html.to_owned());
    unescape(&markdown)
}

/// The text without entities, which Discord would show as they are, and without spaces at line ends and blank lines in
/// a row.
fn unescape(markdown: &str) -> String {
    let mut lines: Vec<&str> = markdown.lines().map(str::trim_end).collect();
    lines.dedup_by(|next, line| next.is_empty() && line.is_empty());
    let markdown = lines.join("\n");
    let plain =
        markdown.replace('\u{a0}', " ").replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">");
    plain.replace("&quot;", "\"").replace("&amp;", "&")
}

fn has_tag(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| {
        let name: String =
            rest.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let behind = rest.trim_start_matches('/').get(name.len()..).and_then(|behind| behind.chars().next());
        TAGS.contains(&name.to_lowercase().as_str())
            && behind.is_some_and(|c| c == '>' || c == '/' || c.is_whitespace())
    })
}

/// Whether the text contains an entity such as `&nbsp;` or `&#39;`.
fn has_entity(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        let Some((name, _)) = rest.split_once(';') else { return false };
        let is_number = name
            .strip_prefix('#')
            .is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_alphanumeric()));
        let is_name = (2..=8).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric());
        is_number || is_name && name.chars().next().is_some_and(|c| c.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_html_of_an_editor_becomes_what_discord_shows() {
        let html = "<p>Write to&nbsp;us&hellip;</p><ul><li>name</li><li>date of birth</li></ul><br/>\
                    See <a href=\"/join\">the page</a> &amp; <a href=\"https://example.org/a_b\">wait</a>.";
        let markdown = if_html(html).unwrap();
        assert_eq!(
            markdown,
            "Write to us…\n\n- name\n- date of birth\n\nSee the page (/join) & [wait](https://example.org/a_b)."
        );
    }

    #[test]
    fn text_that_only_looks_like_html_is_left_alone() {
        for text in
            ["a < b and b > c", "<@123> or <https://example.org>", "R&D; 5 & 6", "if a<b: print", "AT&T"]
        {
            assert_eq!(if_html(text), None, "{text}");
        }
        assert_eq!(if_html("Tom &amp; Ann").as_deref(), Some("Tom & Ann"));
    }
}
