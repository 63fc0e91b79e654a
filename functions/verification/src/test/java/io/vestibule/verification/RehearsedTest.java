package io.vestibule.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.Env;
import io.vestibule.web.Visit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.crac.Core;
import org.junit.jupiter.api.Test;

/** What a snapshot of the function has in it, and what it has not. */
class RehearsedTest {

  /** How many classes a first request may still load, of some 7,000: the runtime's own, mostly. */
  private static final int MOST_CLASSES = 30;

  private static final String CREDENTIALS = "aws.containerCredentialsFullUri";

  private static Env env(Watched aws, Map<String, String> more) {
    var variables =
        new HashMap<>(
            Map.of(
                "SUBMISSIONS_TABLE", "submissions",
                "REQUESTS_TABLE", "requests",
                "DISCLOSURES_TABLE", "disclosures",
                "SYSTEM_KEYS_TABLE", "system-keys",
                "POWERTOOLS_SERVICE_NAME", "vestibule",
                "AWS_REGION", "eu-central-1",
                "AWS_ENDPOINT_URL", aws.uri()));
    variables.putAll(more);
    return Env.of(variables);
  }

  /** Something of AWS: who asks it gets no answer, and finds nobody from then on. */
  private static final class Watched implements AutoCloseable {

    private final ServerSocket socket;
    private final CountDownLatch asked = new CountDownLatch(1);

    Watched() throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      Thread.ofVirtual().start(this::watch);
    }

    private void watch() {
      try (socket;
          var _ = socket.accept()) {
        asked.countDown();
      } catch (IOException e) {
        // It was closed, and nobody had asked.
      }
    }

    String uri() {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }

    boolean isAsked() throws InterruptedException {
      return asked.await(100, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static void rehearse(VerifyHandler handler) {
    handler.rehearsal().beforeCheckpoint(Core.getGlobalContext());
  }

  private static String printedBy(Runnable work) {
    var printed = new ByteArrayOutputStream();
    var before = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8);
  }

  /** Its tables are asked for everything at the first real request, so nothing of it was kept. */
  @Test
  void noTableIsAskedBeforeTheFirstRequestAndEachKeyIsReadThen() throws Exception {
    try (var aws = new Watched()) {
      var keys = Map.of("AWS_ACCESS_KEY_ID", "real", "AWS_SECRET_ACCESS_KEY", "real");
      var handler = new VerifyHandler(env(aws, keys), Clock.systemUTC());
      rehearse(handler);
      assertThat(aws.isAsked()).isFalse();

      ask(handler);
      assertThat(aws.isAsked()).isTrue();
    }
  }

  @Test
  void noCredentialsAreFetchedBeforeTheFirstRequest() throws Exception {
    try (var aws = new Watched();
        var credentials = new Watched()) {
      var endpoint = credentials.uri();
      System.setProperty(CREDENTIALS, endpoint);
      var snapStart = Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", endpoint);
      var handler = new VerifyHandler(env(aws, snapStart), Clock.systemUTC());
      rehearse(handler);
      assertThat(credentials.isAsked()).isFalse();

      ask(handler);
      assertThat(credentials.isAsked()).isTrue();
    } finally {
      System.clearProperty(CREDENTIALS);
    }
  }

  @Test
  void everythingIsAnsweredInItAndNothingOfItIsToldToAnybody() throws IOException {
    try (var aws = new Watched()) {
      var handler = new VerifyHandler(env(aws, Map.of()), Clock.systemUTC());

      assertThat(printedBy(() -> rehearse(handler))).isEmpty();
    }
  }

  @Test
  void aFirstRequestFindsItsClassesLoaded() throws Exception {
    assertThat(classesOfFirstRequest("unrehearsed")).isGreaterThan(500);
    assertThat(classesOfFirstRequest("rehearsed")).isLessThanOrEqualTo(MOST_CLASSES);
  }

  /** In a process of its own: this one has loaded everything. */
  private static int classesOfFirstRequest(String how) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--class-path",
                System.getProperty("java.class.path"),
                FirstRequest.class.getName(),
                how)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = process.inputReader(UTF_8)) {
      return output
          .lines()
          .filter(line -> line.startsWith(FirstRequest.CLASSES))
          .mapToInt(line -> Integer.parseInt(line.substring(FirstRequest.CLASSES.length())))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void ask(VerifyHandler handler) throws IOException {
    var event = Visit.get("/verify/{id}", Map.of("id", "s" + "A".repeat(22)), Visit.PAGE);
    assertThatThrownBy(() -> event.asking(Map.of("token", "A".repeat(43))).by(handler::answer))
        .isInstanceOf(IllegalStateException.class);
  }
}
