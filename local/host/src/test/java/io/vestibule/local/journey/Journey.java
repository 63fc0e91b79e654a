package io.vestibule.local.journey;

import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What all journeys need: the host that {@code make run} starts, on a port of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
public abstract class Journey {

  protected static final Path TEMPLATE = Path.of("..", "..", "template.yaml");
  protected static final Duration LIMIT = Patience.LIMIT;

  private final AtomicInteger people = new AtomicInteger();
  protected final MovableClock clock = MovableClock.fromNoonTomorrow();
  protected LocalHost host;
  protected Tables tables;

  @BeforeAll
  final void start() throws IOException {
    host =
        LocalHost.start(
            new Options(
                template(),
                0,
                clock,
                clock::advance,
                Optional.empty(),
                parameters(),
                Map.of("TIME_LIMITS_PERCENT", Integer.toString(percentOfTimeLimits())),
                targets(),
                Options.Schedules.WHEN_ASKED,
                line -> {}));
    tables = new Tables(host);
  }

  /** The real template; a test may have things happen to it first. */
  Path template() throws IOException {
    return TEMPLATE;
  }

  @AfterAll
  final void stop() throws IOException {
    host.close();
  }

  /** The folder of targets that the run adds to every form; nobody else is told without one. */
  protected Optional<Path> targets() throws IOException {
    return Optional.empty();
  }

  /** The template's parameters that are not to have their defaults. */
  protected Map<String, String> parameters() {
    return Map.of();
  }

  /** Ten times what is deployed: no test fails because a busy machine kept AWS waiting. */
  protected int percentOfTimeLimits() {
    return 1_000;
  }

  /** Somebody whom nobody has seen before, at a domain of their own: it has its mails of a day. */
  protected final Person somebody() {
    int number = people.incrementAndGet();
    return new Person(host, "person-%d@home-%d.example.net".formatted(number, number));
  }

  /** A client with a function's credentials: it may do what that function's role allows. */
  protected final DynamoDbClient as(String function) {
    return DynamoDbClient.builder()
        .endpointOverride(host.aws())
        .region(Region.of(host.stack().region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(function, "local")))
        .build();
  }
}
