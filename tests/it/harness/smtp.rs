//! A mail server for tests: real SMTP over a real socket. It records every byte, and fails at the stages a test names.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use native_tls::{Identity, TlsAcceptor};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};

/// A stage of the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Stage {
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Noop,
    Mail,
    Rcpt,
    Data,
    /// The final dot.
    Dot,
    /// After the answer to the final dot was written.
    Accepted,
}

/// What the server does at a stage instead of accepting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Code(u16),
    /// This line, without its line end.
    Reply(&'static str),
    /// This line once; after that the server accepts.
    Once(&'static str),
    Hang,
    Drop,
}

/// How the server offers TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protection {
    /// Offers none.
    Plain,
    StartTls,
    Wrapper,
}

/// A message as it came over the wire, dots unstuffed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mailed {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether the server said 250.
    pub(crate) is_accepted: bool,
}

impl Mailed {
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let text = String::from_utf8(self.bytes.clone()).unwrap();
        let prefix = format!("{name}: ");
        text.lines()
            .take_while(|line| !line.is_empty())
            .find_map(|line| line.strip_prefix(&prefix).map(str::to_owned))
    }

    /// The body as a mail reader shows it.
    pub(crate) fn text(&self) -> String {
        let parsed = mail_parser::MessageParser::default().parse(&self.bytes).unwrap();
        parsed.body_text(0).unwrap().replace("\r\n", "\n")
    }
}

type Watch = Arc<dyn Fn(Stage) + Send + Sync>;

pub(crate) struct SmtpServer {
    pub(crate) port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    faults: Mutex<HashMap<Stage, Fault>>,
    mailed: Mutex<Vec<Mailed>>,
    /// Everything that clients wrote, after decryption.
    received: Mutex<Vec<u8>>,
    connections: Mutex<usize>,
    watch: Mutex<Option<Watch>>,
    gates: Mutex<HashMap<Stage, Arc<Semaphore>>>,
    /// The lines of the answer to EHLO after the first.
    extensions: Mutex<Vec<&'static str>>,
    protection: Protection,
    acceptor: Option<TlsAcceptor>,
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

impl SmtpServer {
    pub(crate) async fn plain() -> SmtpServer {
        SmtpServer::start(Protection::Plain, None).await
    }

    pub(crate) async fn start(protection: Protection, identity: Option<Identity>) -> SmtpServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            faults: Mutex::default(),
            mailed: Mutex::default(),
            received: Mutex::default(),
            connections: Mutex::default(),
            watch: Mutex::default(),
            gates: Mutex::default(),
            extensions: Mutex::new(vec!["AUTH PLAIN LOGIN", "8BITMIME"]),
            protection,
            acceptor: identity.map(|identity| TlsAcceptor::new(identity).unwrap()),
        });
        let serving = shared.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *serving.connections.lock().unwrap() += 1;
                let shared = serving.clone();
                tokio::spawn(async move { shared.serve(stream).await });
            }
        });
        SmtpServer { port, shared }
    }

    /// From now on the server fails at `stage`.
    pub(crate) fn fail(&self, stage: Stage, fault: Fault) {
        self.shared.faults.lock().unwrap().insert(stage, fault);
    }

    /// From now on the server accepts everything.
    pub(crate) fn heal(&self) {
        self.shared.faults.lock().unwrap().clear();
    }

    /// From now on the server offers these extensions.
    pub(crate) fn offer(&self, extensions: &[&'static str]) {
        *self.shared.extensions.lock().unwrap() = extensions.to_vec();
    }

    /// Calls `watch` at every stage before the server answers.
    pub(crate) fn watch(&self, watch: impl Fn(Stage) + Send + Sync + 'static) {
        *self.shared.watch.lock().unwrap() = Some(Arc::new(watch));
    }

    /// From now on the server does not answer at `stage` until the returned semaphore is closed.
    pub(crate) fn hold(&self, stage: Stage) -> Arc<Semaphore> {
        let gate = Arc::new(Semaphore::new(0));
        self.shared.gates.lock().unwrap().insert(stage, Arc::clone(&gate));
        gate
    }

    pub(crate) fn mailed(&self) -> Vec<Mailed> {
        self.shared.mailed.lock().unwrap().clone()
    }

    pub(crate) fn accepted(&self) -> Vec<Mailed> {
        self.mailed().into_iter().filter(|mailed| mailed.is_accepted).collect()
    }

    pub(crate) fn received(&self) -> String {
        String::from_utf8_lossy(&self.shared.received.lock().unwrap()).into_owned()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.shared.connections.lock().unwrap()
    }
}

/// The client is gone, or the server ends the conversation.
struct Gone;

impl Shared {
    async fn serve(&self, stream: TcpStream) {
        drop(self.converse(stream).await);
    }

    async fn converse(&self, stream: TcpStream) -> Result<(), Gone> {
        let mut stream: Box<dyn Stream> = Box::new(stream);
        if self.protection == Protection::Wrapper {
            stream = self.encrypt(stream).await?;
        }
        self.answer(&mut stream, Stage::Greeting, "220 mail.example ESMTP\r\n").await?;
        let mut is_encrypted = self.protection == Protection::Wrapper;
        let (mut from, mut to) = (String::new(), String::new());
        let mut buffer = Vec::new();
        loop {
            let line = self.line(&mut stream, &mut buffer).await?;
            let upper = line.to_uppercase();
            if upper.starts_with("EHLO") {
                let mut answer = "250-mail.example\r\n".to_owned();
                if self.protection == Protection::StartTls && !is_encrypted {
                    answer += "250-STARTTLS\r\n";
                }
                for extension in self.extensions.lock().unwrap().iter() {
                    answer += &format!("250-{extension}\r\n");
                }
                answer += "250 HELP\r\n";
                self.answer(&mut stream, Stage::Ehlo, &answer).await?;
            } else if upper.starts_with("STARTTLS") {
                self.answer(&mut stream, Stage::StartTls, "220 go ahead\r\n").await?;
                stream = self.encrypt(stream).await?;
                is_encrypted = true;
            } else if upper == "AUTH LOGIN" {
                for prompt in ["334 VXNlcm5hbWU6\r\n", "334 UGFzc3dvcmQ6\r\n"] {
                    stream.write_all(prompt.as_bytes()).await.map_err(|_| Gone)?;
                    self.line(&mut stream, &mut buffer).await?;
                }
                self.answer(&mut stream, Stage::Auth, "235 2.7.0 ok\r\n").await?;
            } else if upper.starts_with("AUTH") {
                self.answer(&mut stream, Stage::Auth, "235 welcome\r\n").await?;
            } else if upper.starts_with("MAIL FROM:") {
                from = address(&line);
                self.answer(&mut stream, Stage::Mail, "250 ok\r\n").await?;
            } else if upper.starts_with("RCPT TO:") {
                to = address(&line);
                self.answer(&mut stream, Stage::Rcpt, "250 ok\r\n").await?;
            } else if upper.starts_with("DATA") {
                self.answer(&mut stream, Stage::Data, "354 go on\r\n").await?;
                let bytes = self.message(&mut stream, &mut buffer).await?;
                let mailed = Mailed { from: from.clone(), to: to.clone(), bytes, is_accepted: false };
                let number = {
                    let mut all = self.mailed.lock().unwrap();
                    all.push(mailed);
                    all.len() - 1
                };
                // From here on the message is accepted, whether or not the client receives the answer.
                if !self.faults.lock().unwrap().contains_key(&Stage::Dot) {
                    self.mailed.lock().unwrap()[number].is_accepted = true;
                }
                self.answer(&mut stream, Stage::Dot, "250 queued\r\n").await?;
                self.seen(Stage::Accepted);
            } else if upper.starts_with("NOOP") {
                self.answer(&mut stream, Stage::Noop, "250 still here\r\n").await?;
            } else if upper.starts_with("QUIT") {
                stream.write_all(b"221 bye\r\n").await.map_err(|_| Gone)?;
                return Ok(());
            } else {
                stream.write_all(b"500 what?\r\n").await.map_err(|_| Gone)?;
            }
        }
    }

    fn seen(&self, stage: Stage) {
        let watch = self.watch.lock().unwrap().clone();
        if let Some(watch) = watch {
            watch(stage);
        }
    }

    async fn answer(&self, stream: &mut Box<dyn Stream>, stage: Stage, usual: &str) -> Result<(), Gone> {
        self.seen(stage);
        let gate = self.gates.lock().unwrap().get(&stage).cloned();
        if let Some(gate) = gate {
            // A closed semaphore returns an error, for which every conversation waits.
            drop(gate.acquire().await);
        }
        let fault = self.faults.lock().unwrap().get(&stage).copied();
        if let Some(Fault::Once(_)) = fault {
            self.faults.lock().unwrap().remove(&stage);
        }
        match fault {
            None => stream.write_all(usual.as_bytes()).await.map_err(|_| Gone)?,
            Some(Fault::Code(code)) => {
                let said = format!("{code} no: someone@secret.example said so\r\n");
                stream.write_all(said.as_bytes()).await.map_err(|_| Gone)?;
            }
            Some(Fault::Reply(line) | Fault::Once(line)) => {
                stream.write_all(format!("{line}\r\n").as_bytes()).await.map_err(|_| Gone)?;
            }
            Some(Fault::Drop) => return Err(Gone),
            Some(Fault::Hang) => std::future::pending().await,
        }
        stream.flush().await.map_err(|_| Gone)
    }

    async fn encrypt(&self, stream: Box<dyn Stream>) -> Result<Box<dyn Stream>, Gone> {
        let acceptor = tokio_native_tls::TlsAcceptor::from(self.acceptor.clone().unwrap());
        Ok(Box::new(acceptor.accept(stream).await.map_err(|_| Gone)?))
    }

    async fn fill(&self, stream: &mut Box<dyn Stream>, buffer: &mut Vec<u8>) -> Result<(), Gone> {
        let mut chunk = [0; 4096];
        let read = stream.read(&mut chunk).await.map_err(|_| Gone)?;
        if read == 0 {
            return Err(Gone);
        }
        self.received.lock().unwrap().extend_from_slice(&chunk[..read]);
        buffer.extend_from_slice(&chunk[..read]);
        Ok(())
    }

    async fn line(&self, stream: &mut Box<dyn Stream>, buffer: &mut Vec<u8>) -> Result<String, Gone> {
        loop {
            if let Some(end) = find(buffer, b"\r\n") {
                let line = buffer.drain(..end + 2).collect::<Vec<u8>>();
                return Ok(String::from_utf8_lossy(&line[..end]).into_owned());
            }
            self.fill(stream, buffer).await?;
        }
    }

    async fn message(&self, stream: &mut Box<dyn Stream>, buffer: &mut Vec<u8>) -> Result<Vec<u8>, Gone> {
        loop {
            if let Some(end) = find(buffer, b"\r\n.\r\n") {
                let raw = buffer.drain(..end + 5).collect::<Vec<u8>>();
                let mut bytes = Vec::new();
                for line in raw[..end + 2].split_inclusive(|b| *b == b'\n') {
                    bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
                }
                return Ok(bytes);
            }
            self.fill(stream, buffer).await?;
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn address(line: &str) -> String {
    line.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(inner, _)| inner.to_owned())
        .unwrap_or_default()
}

/// A certificate authority for tests.
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new() -> Authority {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, "A test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        Authority { issuer }
    }

    pub(crate) fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A certificate for `name`, which may have expired.
    pub(crate) fn identity(&self, name: &str, is_expired: bool) -> Identity {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        // Without a name of its own OpenSSL would take the certificate for one that signed itself.
        params.distinguished_name.push(DnType::CommonName, name);
        if is_expired {
            params.not_before = rcgen::date_time_ymd(2020, 1, 1);
            params.not_after = rcgen::date_time_ymd(2020, 2, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Identity::from_pkcs8(certificate.pem().as_bytes(), key.serialize_pem().as_bytes()).unwrap()
    }
}
