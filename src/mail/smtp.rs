//! Sends one mail over one connection. Each phase has a time-out of ours, because the mail library has none while it
//! waits for a greeting or for the answer to the final dot. `smtp/reply.rs` interprets refusals.

mod reply;

use std::{net::SocketAddr, time::Duration};

use lettre::{
    Address,
    transport::smtp::{
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Noop, Quit, Rcpt},
        extension::ClientId,
    },
};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::timeout;

use super::{DeliveryError, Phase, Problem, SetupError};
use crate::{
    config::{Smtp as Settings, Tls},
    failpoint,
    store::Message,
};

/// How long each phase of a delivery may take.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Connecting to one address of the server. Each address has this time, so an unreachable one does not use up the
    /// time of the next.
    pub connect: Duration,
    /// Name lookup, greeting, TLS and authentication together; for a folder, writing the file.
    pub session: Duration,
    /// From MAIL FROM to the answer to the final dot, for which RFC 5321 asks a client to wait ten minutes.
    pub message: Duration,
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        Timeouts {
            connect: Duration::from_secs(10),
            session: Duration::from_secs(30),
            message: Duration::from_secs(630),
        }
    }
}

/// A mail server.
pub struct Smtp {
    host: String,
    port: u16,
    tls: Tls,
    parameters: Option<TlsParameters>,
    credentials: Option<(String, SecretString)>,
    client_id: ClientId,
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
            client_id: ClientId::Domain(
                idna::domain_to_ascii(own_domain).unwrap_or_else(|_| "localhost".into()),
            ),
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

    pub(super) async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        failpoint::pass("mail.connecting");
        let mut connection = self.connect().await?;
        failpoint::pass("mail.connected");
        let mut phase = Phase::Mail;
        let result = timeout(self.timeouts.message, send(&mut connection, message, &mut phase)).await;
        let outcome = match result {
            Ok(Ok(())) => Ok(()),
            Ok(Err(failure)) => Err(failure),
            Err(_) => Err(DeliveryError::Retry(Problem { phase, code: None, is_timeout: true })),
        };
        if outcome.is_ok() {
            failpoint::pass("mail.accepted");
        }
        // The outcome is known. A server that does not answer QUIT must not hold up the worker, which has to record the
        // outcome at once.
        drop(tokio::spawn(async move { timeout(Duration::from_secs(5), connection.quit()).await.ok() }));
        outcome
    }

    /// Does everything but send: connects, protects the connection, logs in and quits.
    pub(super) async fn probe(&self) -> Result<(), Problem> {
        let mut connection = self.connect().await.map_err(DeliveryError::problem)?;
        let goodbye = async {
            let refused = |error| reply::before_message(Phase::Mail, &error).problem();
            connection.command(Noop).await.map_err(refused)?;
            connection.command(Quit).await.map_err(refused)?;
            Ok(())
        };
        match timeout(self.timeouts.session, goodbye).await {
            Ok(result) => result,
            Err(_) => Err(Problem { phase: Phase::Mail, code: None, is_timeout: true }),
        }
    }

    /// Connects and logs in, within the time for a session and that for each address.
    async fn connect(&self) -> Result<AsyncSmtpConnection, DeliveryError> {
        let timed_out = |phase| DeliveryError::Retry(Problem { phase, code: None, is_timeout: true });
        let addresses = timeout(self.timeouts.session, self.addresses())
            .await
            .map_err(|_| timed_out(Phase::Connect))??;
        let tries = u32::try_from(addresses.len()).unwrap_or(u32::MAX);
        let longest = self.timeouts.session.saturating_add(self.timeouts.connect.saturating_mul(tries));
        let mut phase = Phase::Connect;
        match timeout(longest, self.log_in(&addresses, &mut phase)).await {
            Ok(connected) => connected,
            Err(_) => Err(timed_out(phase)),
        }
    }

    async fn log_in(
        &self,
        addresses: &[SocketAddr],
        phase: &mut Phase,
    ) -> Result<AsyncSmtpConnection, DeliveryError> {
        let refused = reply::before_message;
        let implicit = if self.tls == Tls::Wrapper { self.parameters.clone() } else { None };
        // The library tries the addresses in turn and gives each of them the time-out.
        let per_address = Some(self.timeouts.connect);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(addresses, per_address, &self.client_id, implicit, None)
                .await
                .map_err(|error| refused(*phase, &error))?;
        if self.tls == Tls::Starttls {
            *phase = Phase::Tls;
            let parameters =
                self.parameters.clone().expect("STARTTLS settings were built with TLS parameters");
            connection
                .starttls(parameters, &self.client_id)
                .await
                .map_err(|error| refused(*phase, &error))?;
        }
        if let Some((user, password)) = &self.credentials {
            *phase = Phase::Auth;
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .await
                .map_err(|error| refused(*phase, &error))?;
        }
        Ok(connection)
    }

    /// The server's addresses. Without TLS all of them must be loopback addresses, and no others are connected to.
    async fn addresses(&self) -> Result<Vec<SocketAddr>, DeliveryError> {
        let failed = Problem { phase: Phase::Connect, code: None, is_timeout: false };
        let found: Vec<SocketAddr> = tokio::net::lookup_host((self.host.as_str(), self.port))
            .await
            .map_err(|_| DeliveryError::Retry(failed))?
            .collect();
        if self.tls == Tls::None && !found.iter().all(|address| address.ip().is_loopback()) {
            tracing::error!("media.smtp.tls is \"none\", which is only allowed to loopback addresses");
            return Err(DeliveryError::Pause(failed));
        }
        Ok(found)
    }
}

async fn send(
    connection: &mut AsyncSmtpConnection,
    message: &Message,
    phase: &mut Phase,
) -> Result<(), DeliveryError> {
    let permanent = |phase| DeliveryError::Permanent(Problem { phase, code: None, is_timeout: false });
    let from: Address = message.from.parse().map_err(|_| permanent(Phase::Mail))?;
    let to: Address = message.to.parse().map_err(|_| permanent(Phase::Rcpt))?;
    connection
        .command(Mail::new(Some(from), vec![]))
        .await
        .map_err(|e| reply::during_message(Phase::Mail, &e))?;
    *phase = Phase::Rcpt;
    connection.command(Rcpt::new(to, vec![])).await.map_err(|e| reply::during_message(Phase::Rcpt, &e))?;
    failpoint::pass("mail.envelope");
    *phase = Phase::Data;
    connection.command(Data).await.map_err(|e| reply::during_message(Phase::Data, &e))?;
    failpoint::pass("mail.data");
    *phase = Phase::Message;
    // The library adds the line end and the final dot.
    let text = message.bytes.strip_suffix(b"\r\n").unwrap_or(&message.bytes);
    connection.message(text).await.map_err(|e| reply::during_message(Phase::Message, &e))?;
    Ok(())
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

#[cfg(test)]
mod tests {
    use tokio::net::{TcpListener, TcpSocket, TcpStream};

    use super::*;

    /// An address at which no connection is ever completed: a listener whose queue of connections is full.
    async fn dead_address() -> (SocketAddr, TcpListener, Vec<TcpStream>) {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        let mut queued = Vec::new();
        while let Ok(Ok(stream)) = timeout(Duration::from_millis(300), TcpStream::connect(address)).await {
            queued.push(stream);
        }
        (address, listener, queued)
    }

    #[tokio::test]
    async fn an_address_that_does_not_answer_leaves_the_next_one_its_time() {
        let (dead, _listener, _queued) = dead_address().await;
        // Refuses the session, so the end of the conversation is a reply and not a time-out.
        let alive = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addresses = [dead, alive.local_addr().unwrap()];
        let serving = async {
            let (mut stream, _) = alive.accept().await.unwrap();
            tokio::io::AsyncWriteExt::write_all(&mut stream, b"554 closed\r\n").await.unwrap();
            stream
        };
        let settings = Settings { host: "127.0.0.1".into(), tls: Tls::None, ..Settings::default() };
        let timeouts = Timeouts { connect: Duration::from_millis(300), ..Timeouts::default() };
        let smtp = Smtp::new(&settings, "library.example", None, timeouts).unwrap();
        let mut phase = Phase::Connect;
        let both = async { tokio::join!(smtp.log_in(&addresses, &mut phase), serving) };
        // The operating system gives an address up by itself, but only after two minutes.
        let (refused, _stream) = timeout(Duration::from_secs(60), both).await.unwrap();
        let problem = refused.err().map(DeliveryError::problem);
        assert_eq!(problem, Some(Problem { phase: Phase::Connect, code: Some(554), is_timeout: false }));
    }
}
