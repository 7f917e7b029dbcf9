//! What the bot needs of a server, and the link that invites it there with just that.

use crate::ids::ApplicationId;
use serenity::all::Permissions;

/// The permissions the bot asks for, as the number in an invitation.
///
/// To see the channels it is asked in, to write and embed there and in threads, and to read history, without which
/// Discord takes no answer that refers to the question's message. Nothing that moderates.
pub const PERMISSIONS: u64 = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .bits();

/// The invitation of an application.
pub fn link(application: ApplicationId) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={PERMISSIONS}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moderates_is_asked_for() {
        let asked = Permissions::from_bits_truncate(PERMISSIONS);
        assert_eq!(asked.bits(), PERMISSIONS);
        assert!(!asked.administrator() && !asked.manage_messages() && !asked.mention_everyone());
        assert!(
            link(ApplicationId::new(7))
                .ends_with("client_id=7&scope=bot+applications.commands&permissions=274877991936")
        );
    }
}
