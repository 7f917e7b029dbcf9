//! The permissions the bot needs in a server, and the link that invites it with exactly those.

use crate::ids::ApplicationId;
use serenity::all::Permissions;

/// The permissions the bot asks for, as the number in an invitation.
///
/// They let it see channels, write and embed there and in threads, and read the history, without which Discord
/// refuses an answer that refers to the question's message. None of them allows moderation.
pub const PERMISSIONS: u64 = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .bits();

/// The link that invites an application.
pub fn link(application: ApplicationId) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={PERMISSIONS}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_permission_to_moderate_is_requested() {
        let asked = Permissions::from_bits_truncate(PERMISSIONS);
        assert_eq!(asked.bits(), PERMISSIONS);
        assert!(!asked.administrator() && !asked.manage_messages() && !asked.mention_everyone());
        assert!(
            link(ApplicationId::new(7))
                .ends_with("client_id=7&scope=bot+applications.commands&permissions=274877991936")
        );
    }
}
