package io.vestibule.store.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.vestibule.core.Env;
import io.vestibule.store.Invocation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the snapshot of a public function has in it, and what it has not. */
public abstract class RehearsalContract {

  /** Of both functions; what they are called by makes no difference here. */
  static final Map<String, String> VARIABLES =
      Map.of(
          "SUBMISSIONS_TABLE", "submissions",
          "REQUESTS_TABLE", "requests",
          "DISCLOSURES_TABLE", "disclosures",
          "SEALING_KEYS_TABLE", "sealing-keys",
          "SYSTEM_KEYS_TABLE", "system-keys",
          "POWERTOOLS_SERVICE_NAME", "vestibule",
          "AWS_REGION", "eu-central-1");

  private static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "real", "AWS_SECRET_ACCESS_KEY", "real");

  /** How many classes a first request may still load, of some 5,000. */
  private static final int MOST_CLASSES = 5;

  private static final String CLASSES = "classes: ";
  private static final String REHEARSED = "rehearsed";
  private static final String LOGGED = "logged";
  private static final String CREDENTIALS = "aws.containerCredentialsFullUri";
  private static final Path EVENTS = Path.of("..", "..", "events");

  private final String event;

  /**
   * A function that keeps to it.
   *
   * @param event what is asked of it first, by the file's name
   */
  protected RehearsalContract(String event) {
    this.event = event;
  }

  /** A function that has started. */
  public record Started(RequestStreamHandler handler, Rehearsal rehearsal) {

    private void rehearse() {
      rehearsal.beforeCheckpoint(Core.getGlobalContext());
    }
  }

  /** Starts the function, with the texts of the play. */
  protected abstract Started start(Env env);

  /** What it rehearses. */
  protected abstract Rehearsal.Play play();

  final Path event() {
    return EVENTS.resolve(event);
  }

  private static Env env(Watched aws, Map<String, String> more) {
    return Env.of(VARIABLES).with(Map.of("AWS_ENDPOINT_URL", aws.uri())).with(more);
  }

  /** Its tables are asked for everything at the first real request, so nothing of it was kept. */
  @Test
  void noTableIsAskedBeforeTheFirstRequestAndEachKeyIsReadThen() throws Exception {
    try (var aws = new Watched()) {
      var function = start(env(aws, KEYS));
      function.rehearse();
      assertThat(aws.isAsked()).isFalse();

      ask(function);
      assertThat(aws.isAskedAtLast()).isTrue();
    }
  }

  @Test
  void noCredentialsAreFetchedBeforeTheFirstRequest() throws Exception {
    try (var aws = new Watched();
        var credentials = new Watched()) {
      var endpoint = credentials.uri();
      System.setProperty(CREDENTIALS, endpoint);
      var snapStart = Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", endpoint);
      var function = start(env(aws, snapStart));
      function.rehearse();
      assertThat(credentials.isAsked()).isFalse();

      ask(function);
      assertThat(credentials.isAskedAtLast()).isTrue();
    } finally {
      System.clearProperty(CREDENTIALS);
    }
  }

  @Test
  void everythingIsAnsweredInItAndNothingOfItIsToldToAnybody() throws IOException {
    try (var aws = new Watched()) {
      var function = start(env(aws, Map.of()));

      assertThat(Printed.by(function::rehearse)).isEmpty();
    }
  }

  @Test
  @Tag("slow")
  void aFirstRequestFindsItsClassesLoaded() throws Exception {
    assertThat(classesOfFirstRequest("unrehearsed")).isGreaterThan(500);
    assertThat(classesOfFirstRequest(REHEARSED)).isBetween(0, MOST_CLASSES);
  }

  private int classesOfFirstRequest(String how) throws Exception {
    return printedByProcess(how).stream()
        .filter(line -> line.startsWith(CLASSES))
        .mapToInt(line -> Integer.parseInt(line.substring(CLASSES.length())))
        .findFirst()
        .orElseThrow();
  }

  /** What was played before it is not taken for the first. */
  @Test
  @Tag("slow")
  void aFirstRequestAfterARehearsalIsLoggedAsTheFirst() throws Exception {
    assertThat(printedByProcess(LOGGED))
        .filteredOn(line -> line.contains("cold_start"))
        .isNotEmpty()
        .allMatch(line -> line.contains("\"cold_start\":true"));
  }

  /** Nobody of AWS answers: what it tells is no matter. */
  private void ask(Started function) throws IOException {
    try (var request = Files.newInputStream(event())) {
      function
          .handler()
          .handleRequest(request, OutputStream.nullOutputStream(), new Invocation("first"));
    }
  }

  /** This process has loaded everything, and has seen its first request. */
  private List<String> printedByProcess(String how) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--class-path",
                System.getProperty("java.class.path"),
                getClass().getName(),
                how)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = process.inputReader(UTF_8)) {
      return output.lines().toList();
    }
  }

  /** What that process does: it prints what a first request is like. */
  public final void main(String[] how) throws IOException {
    if (how[0].equals(LOGGED)) {
      try (var aws = new Watched()) {
        var function = start(env(aws, KEYS));
        function.rehearse();
        ask(function);
      }
    } else {
      var first = new FirstRequest(this, how[0].equals(REHEARSED));
      new Rehearsal(Env.of(Map.of()), first).beforeCheckpoint(Core.getGlobalContext());
      System.out.println(CLASSES + first.loaded());
    }
  }
}
