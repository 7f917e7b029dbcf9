//! Groups the questions that members asked in vain, by the matcher itself, and describes the groups to moderators.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use jiff::civil::Date;

use crate::{
    bot::{Bot, echo, record::Recorder},
    knowledge::{Generation, content::entry::EntryId, matching::verdict::Decision},
    lang::Lang,
    store::{Gap, GapKind},
    text::Text,
};

/// Wordings shown of a cluster.
const MAX_WORDINGS: usize = 3;

/// Questions that ask alike and got no good answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bot) struct Cluster {
    /// The oldest of its questions, which stands for it.
    pub(in crate::bot) id: i64,
    /// All its questions.
    pub(in crate::bot) gaps: Vec<i64>,
    /// How many different people asked at least: the most of one week, as people of different weeks cannot be compared.
    pub(in crate::bot) askers: usize,
    /// The wordings, most often asked first.
    pub(in crate::bot) wordings: Vec<String>,
    /// The language of the first wording.
    pub(in crate::bot) lang: Lang,
    /// Why it is one.
    pub(in crate::bot) about: About,
}

/// Why questions are a cluster.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::bot) enum About {
    /// Nothing answered them, and no near miss was pressed.
    InVain,
    /// This entry answered them and did not help.
    Unhelpful(EntryId),
    /// Their askers pressed this near miss.
    Chosen(EntryId),
}

/// The clusters of all gaps.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::bot) struct Clusters {
    /// Those that enough people asked, most questions first.
    pub(in crate::bot) shown: Vec<Cluster>,
    /// How many others there are.
    pub(in crate::bot) n_hidden: usize,
    /// The questions in them.
    pub(in crate::bot) n_hidden_questions: usize,
}

impl Clusters {
    /// Groups `gaps`. Clusters that `generation` answers by now, or that a moderator dismissed, are left out. It blocks.
    pub(in crate::bot) fn of(
        generation: &Generation,
        gaps: &[Gap],
        today: Date,
        min_askers: usize,
    ) -> Clusters {
        let mut subjects: BTreeMap<About, Vec<&Gap>> = BTreeMap::new();
        for gap in gaps {
            if let Some(about) = about(generation, gap) {
                subjects.entry(about).or_default().push(gap);
            }
        }
        let mut clusters = Clusters::default();
        for (about, gaps) in subjects {
            for members in grouped(generation, &gaps) {
                if members.iter().any(|gap| gap.is_dismissed) {
                    continue;
                }
                let cluster = cluster(about.clone(), &members);
                if cluster.askers < min_askers {
                    clusters.n_hidden += 1;
                    clusters.n_hidden_questions += cluster.gaps.len();
                } else if !is_answered(generation, &cluster, today) {
                    clusters.shown.push(cluster);
                }
            }
        }
        clusters.shown.sort_by_key(|cluster| (std::cmp::Reverse(cluster.gaps.len()), cluster.id));
        clusters
    }

    /// The shown cluster that holds this question.
    pub(in crate::bot) fn with(&self, gap: i64) -> Option<&Cluster> {
        self.shown.iter().find(|cluster| cluster.gaps.contains(&gap))
    }
}

/// What a gap is about; `None` if it no longer matters: its entry is gone or has changed since.
fn about(generation: &Generation, gap: &Gap) -> Option<About> {
    let entry = || {
        let id = EntryId::new(gap.entry.as_deref()?)?;
        generation.content().entry(&id)
    };
    match gap.kind {
        GapKind::Unknown | GapKind::Suggested => Some(About::InVain),
        GapKind::Pressed => Some(About::Chosen(entry()?.id.clone())),
        GapKind::Unhelpful => {
            let entry = entry()?;
            let is_same = gap.revision.as_deref() == Some(entry.revision(gap.lang).as_str());
            is_same.then(|| About::Unhelpful(entry.id.clone()))
        }
    }
}

fn grouped<'a>(generation: &Generation, gaps: &[&'a Gap]) -> Vec<Vec<&'a Gap>> {
    let mut by_words: HashMap<&str, Vec<&Gap>> = HashMap::new();
    for gap in gaps {
        by_words.entry(&gap.words).or_default().push(gap);
    }
    // The most frequent wording of a group stands for it; the oldest first, so that the order is always the same.
    let mut wordings: Vec<(&str, Vec<&Gap>)> = by_words.into_iter().collect();
    wordings.sort_by_key(|(words, gaps)| {
        (std::cmp::Reverse(gaps.len()), gaps.iter().map(|g| g.id).min(), *words)
    });
    let texts: Vec<&str> = wordings.iter().map(|(words, _)| *words).collect();
    let groups = generation.alike(&texts).into_iter();
    groups.map(|group| group.into_iter().flat_map(|at| wordings[at].1.iter().copied()).collect()).collect()
}

fn cluster(about: About, members: &[&Gap]) -> Cluster {
    let mut weeks: HashMap<i64, HashSet<&[u8]>> = HashMap::new();
    let mut wordings: Vec<String> = Vec::new();
    for gap in members {
        weeks.entry(gap.week).or_default().insert(&gap.asker);
        if !wordings.contains(&gap.words) {
            wordings.push(gap.words.clone());
        }
    }
    let mut gaps: Vec<i64> = members.iter().map(|gap| gap.id).collect();
    gaps.sort_unstable();
    Cluster {
        id: gaps.first().copied().unwrap_or_default(),
        gaps,
        askers: weeks.values().map(HashSet::len).max().unwrap_or(0),
        wordings,
        lang: members.first().map_or(Lang::En, |gap| gap.lang),
        about,
    }
}

/// Whether the generation answers the cluster's first wording by now.
fn is_answered(generation: &Generation, cluster: &Cluster, today: Date) -> bool {
    let Some(wording) = cluster.wordings.first() else { return true };
    let verdicts = generation.ask(wording, today);
    let is_answer = |decision: &Decision| match (&cluster.about, decision) {
        (About::InVain, Decision::Answer(_) | Decision::NotCovered(..)) => true,
        (About::Chosen(chosen), Decision::Answer(entry) | Decision::NotCovered(entry, _)) => chosen == entry,
        _ => false,
    };
    !verdicts.is_empty() && verdicts.iter().all(|verdict| is_answer(&verdict.decision))
}

/// The clusters of everything that is stored; an error was logged.
pub(in crate::bot) async fn current(bot: &Bot, recorder: &Recorder) -> Result<Clusters, ()> {
    recorder.flush().await;
    let gaps = recorder.store().gaps().await.map_err(|error| {
        tracing::warn!(%error, "the questions asked in vain could not be read");
    })?;
    let (generation, today) = (Arc::clone(&bot.current.load()), bot.clock.today());
    let min_askers = usize::from(bot.config.privacy.min_askers);
    let work = bot.pool.run(move || Clusters::of(&generation, &gaps, today, min_askers)).await;
    work.map_err(|error| tracing::warn!(%error, "the questions asked in vain could not be grouped"))
}

/// A cluster as a paragraph.
pub(in crate::bot) fn described(text: Text, number: usize, cluster: &Cluster) -> String {
    let count = cluster.gaps.len();
    let heading = match &cluster.about {
        About::InVain => text.gaps_in_vain(number, count, cluster.askers),
        About::Unhelpful(entry) => text.gaps_unhelpful(number, count, entry.as_str()),
        About::Chosen(entry) => text.gaps_chosen(number, cluster.askers, entry.as_str()),
    };
    let wordings = cluster.wordings.iter().take(MAX_WORDINGS);
    let mut lines: Vec<String> = wordings.map(|wording| format!("- “{}”", echo::inline(wording))).collect();
    if cluster.wordings.len() > MAX_WORDINGS {
        lines.push(format!("- {}", text.and_more(cluster.wordings.len() - MAX_WORDINGS)));
    }
    format!("{heading}\n{}", lines.join("\n"))
}
