//! One mail to a mail server over one connection, phase by phase, each with a time-out of ours: the mail library does
//! not keep its own ones while it waits for a greeting or for the answer to the final dot.

use std::{net::SocketAddr, time::Duration};

use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Noop, Quit, Rcpt},
        extension::ClientId,
    },
};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::timeout;

use super::{Failure, Phase, Problem, SetupError};
use crate::{
    config::{Smtp as Settings, Tls},
    failpoint::step,
    store::Message,
};

/// How long each phase may take.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Name, connection, greeting, TLS and authentication together; for a folder, the writing of a file.
    pub session: Duration,
    /// From MAIL FROM to the answer to the final dot: RFC 5321 asks for ten minutes after it.
    pub message: Duration,
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        Timeouts { session: Duration::from_secs(30), message: Duration::from_secs(630) }
    }
}

/// A mail server.
pub struct Smtp {
    host: String,
    port: u16,
    tls: Tls,
    parameters: Option<TlsParameters>,
    credentials: Option<(String, SecretString)>,
    hello: ClientId,
    timeouts: Timeouts,
}

impl Smtp {
    pub(super) fn new(
        settings: &Settings,
        own_domain: &str,
        password: Option<SecretString>,
        timeouts: Timeouts,
    ) -> Result<Smtp, SetupError> {
        let credentials = match (settings.user.as_str(), password) {
            ("", _) => None,
            (user, Some(password)) => Some((user.to_owned(), password)),
            (_, None) => return Err(SetupError::NoPassword),
        };
        let parameters = match settings.tls {
            Tls::None => None,
            Tls::Starttls | Tls::Wrapper => {
                let mut builder = TlsParameters::builder(settings.host.clone());
                for certificate in authorities(settings)? {
                    builder = builder.add_root_certificate(certificate);
                }
                Some(builder.build().map_err(|_| SetupError::Tls)?)
            }
        };
        Ok(Smtp {
            host: settings.host.clone(),
            port: settings.port,
            tls: settings.tls,
            parameters,
            credentials,
            hello: ClientId::Domain(idna::domain_to_ascii(own_domain).unwrap_or_else(|_| "localhost".into())),
            timeouts,
        })
    }

    /// Host and port.
    pub(super) fn server(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// How the connection is protected.
    pub(super) fn tls(&self) -> Tls {
        self.tls
    }

    pub(super) async fn deliver(&self, message: &Message) -> Result<(), Failure> {
        step("mail.connecting");
        let mut phase = Phase::Connect;
        let opening = timeout(self.timeouts.session, self.open(&mut phase)).await;
        let mut connection = match opening {
            Ok(opened) => opened?,
            Err(_) => return Err(Failure::Later(Problem { phase, code: None, is_timeout: true })),
        };
        step("mail.connected");
        let mut phase = Phase::Mail;
        let result = timeout(self.timeouts.message, transact(&mut connection, message, &mut phase)).await;
        let outcome = match result {
            Ok(Ok(())) => Ok(()),
            Ok(Err(failure)) => Err(failure),
            Err(_) => Err(Failure::Later(Problem { phase, code: None, is_timeout: true })),
        };
        if outcome.is_ok() {
            step("mail.accepted");
        }
        // The mail's fate is known; a server that does not answer QUIT must not hold the worker, and the caller must
        // be able to write the fate down at once.
        drop(tokio::spawn(async move { timeout(Duration::from_secs(5), connection.quit()).await.ok() }));
        outcome
    }

    /// Does everything but send: greets, protects the connection, authenticates, says goodbye.
    pub(super) async fn probe(&self) -> Result<(), Problem> {
        let mut phase = Phase::Connect;
        let talk = async {
            let mut connection = self.open(&mut phase).await.map_err(Failure::problem)?;
            let refused = |error| session_failure(Phase::Mail, &error).problem();
            connection.command(Noop).await.map_err(refused)?;
            connection.command(Quit).await.map_err(refused)?;
            Ok(())
        };
        match timeout(self.timeouts.session, talk).await {
            Ok(result) => result,
            Err(_) => Err(Problem { phase, code: None, is_timeout: true }),
        }
    }

    async fn open(&self, phase: &mut Phase) -> Result<AsyncSmtpConnection, Failure> {
        let addresses = self.addresses().await?;
        let implicit = if self.tls == Tls::Wrapper { self.parameters.clone() } else { None };
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(addresses.as_slice(), None, &self.hello, implicit, None)
                .await
                .map_err(|error| session_failure(*phase, &error))?;
        if self.tls == Tls::Starttls {
            *phase = Phase::Tls;
            let parameters =
                self.parameters.clone().expect("STARTTLS settings were built with TLS parameters");
            connection
                .starttls(parameters, &self.hello)
                .await
                .map_err(|error| session_failure(*phase, &error))?;
        }
        if let Some((user, password)) = &self.credentials {
            *phase = Phase::Auth;
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .await
                .map_err(|error| session_failure(*phase, &error))?;
        }
        Ok(connection)
    }

    /// The server's addresses. Without TLS only loopback ones are used, and exactly those that were looked at.
    async fn addresses(&self) -> Result<Vec<SocketAddr>, Failure> {
        let failed = Problem { phase: Phase::Connect, code: None, is_timeout: false };
        let found: Vec<SocketAddr> = tokio::net::lookup_host((self.host.as_str(), self.port))
            .await
            .map_err(|_| Failure::Later(failed))?
            .collect();
        if self.tls == Tls::None && !found.iter().all(|address| address.ip().is_loopback()) {
            tracing::error!("media.smtp.tls is \"none\", which is only allowed to loopback addresses");
            return Err(Failure::Pause(failed));
        }
        Ok(found)
    }
}

async fn transact(
    connection: &mut AsyncSmtpConnection,
    message: &Message,
    phase: &mut Phase,
) -> Result<(), Failure> {
    let never = |phase| Failure::Never(Problem { phase, code: None, is_timeout: false });
    let from: Address = message.from.parse().map_err(|_| never(Phase::Mail))?;
    let to: Address = message.to.parse().map_err(|_| never(Phase::Rcpt))?;
    connection.command(Mail::new(Some(from), vec![])).await.map_err(|e| failure(Phase::Mail, &e))?;
    *phase = Phase::Rcpt;
    connection.command(Rcpt::new(to, vec![])).await.map_err(|e| failure(Phase::Rcpt, &e))?;
    step("mail.envelope");
    *phase = Phase::Data;
    connection.command(Data).await.map_err(|e| failure(Phase::Data, &e))?;
    step("mail.data");
    *phase = Phase::Message;
    // The library ends the text with a line end and a dot of its own.
    let text = message.bytes.strip_suffix(b"\r\n").unwrap_or(&message.bytes);
    connection.message(text).await.map_err(|e| failure(Phase::Message, &e))?;
    Ok(())
}

/// Before a message was begun every permanent refusal is about us, not about the message.
fn session_failure(phase: Phase, error: &Error) -> Failure {
    let code = error.status().map(u16::from);
    let problem = Problem { phase, code, is_timeout: error.is_timeout() };
    let is_without_auth = phase == Phase::Auth && error.is_client();
    if error.is_permanent() || is_without_auth { Failure::Pause(problem) } else { Failure::Later(problem) }
}

/// Only a 5xx is the end. Everything else, a connection lost after the final dot included, is tried again.
fn failure(phase: Phase, error: &Error) -> Failure {
    let code = error.status().map(u16::from);
    let problem = Problem { phase, code, is_timeout: error.is_timeout() };
    match code {
        Some(530 | 534 | 535 | 538) => Failure::Pause(problem),
        Some(_) if error.is_permanent() => Failure::Never(problem),
        _ => Failure::Later(problem),
    }
}

fn authorities(settings: &Settings) -> Result<Vec<Certificate>, SetupError> {
    let Some(path) = &settings.ca_file else { return Ok(Vec::new()) };
    let unusable = |reason: String| SetupError::CaFile { path: path.display().to_string(), reason };
    let pem = std::fs::read_to_string(path).map_err(|error| unusable(error.kind().to_string()))?;
    const END: &str = "-----END CERTIFICATE-----";
    let certificates: Vec<Certificate> = pem
        .split_inclusive(END)
        .filter(|block| block.trim_end().ends_with(END))
        .map(|block| Certificate::from_pem(block.trim().as_bytes()))
        .collect::<Result<_, _>>()
        .map_err(|_| unusable("a certificate in it cannot be read".into()))?;
    if certificates.is_empty() {
        return Err(unusable("it holds no certificate in PEM".into()));
    }
    Ok(certificates)
}
