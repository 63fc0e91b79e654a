package io.vestibule.local.host;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Patience;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run takes up what its owner changes, and nothing that the owner writes breaks it. */
@Tag("slow")
class OwnersFilesTest {

  private static final Path TEMPLATE = Path.of("../../template.yaml");
  private static final Path SHARED = Path.of("../../shared");

  @TempDir private Path root;

  private final HttpClient client = HttpClient.newHttpClient();
  private LocalHost host;
  private OwnersFiles files;
  private volatile Consumer<String> said = _ -> {};

  @BeforeEach
  void start() throws IOException {
    for (String folder : new String[] {"forms", "targets", "wording"}) {
      try (var walk = Files.walk(SHARED.resolve(folder))) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          Path copy = root.resolve("shared").resolve(SHARED.relativize(file).toString());
          Files.createDirectories(copy.resolveSibling(""));
          Files.copy(file, copy);
        }
      }
    }
    host = LocalHost.start(Options.quiet(TEMPLATE));
    files = OwnersFiles.follow(root, host, line -> said.accept(line));
  }

  @AfterEach
  void stop() throws IOException {
    files.close();
    host.close();
    client.close();
  }

  @Test
  void aFormThatIsChangedOrAddedIsTakenUpAndABrokenOneIsTold() throws Exception {
    assertThat(page("/forms/contact")).contains("Contact us");
    change("contact", "Contact us", "Write to us");
    await(() -> page("/forms/contact").contains("Write to us"));

    save("survey", Files.readString(form("feedback")));
    await(() -> get("/forms/survey").statusCode() == 200);
    assertThat(page("/_local/")).contains("/forms/survey").doesNotContain("is not right yet");

    change("contact", "\"tags\"", "\"tag\"");
    await(() -> page("/_local/").contains("is not right yet"));
    assertThat(page("/_local/"))
        .contains("shared/forms/contact.json:35: \"tag\" is not known here; did you mean \"tags\"?")
        .contains("shared/forms/contact.json:1: the file lacks \"tags\"");
    assertThat(page("/forms/contact")).contains("Write to us");
    assertThat(get("/forms/newsletter").statusCode()).isEqualTo(200);

    save("contact", "{\"title\": ");
    await(() -> page("/_local/").contains("contact.json:1: this is no JSON"));
    assertThat(page("/forms/contact")).contains("Write to us");

    save("contact", Files.readString(SHARED.resolve("forms/contact.json")));
    await(() -> page("/forms/contact").contains("Contact us"));
    assertThat(page("/_local/")).doesNotContain("is not right yet");
  }

  @Test
  void whateverFailsTheFilesAreFollowedOn() throws Exception {
    var failed = new CountDownLatch(1);
    said =
        _ -> {
          said = _ -> {};
          failed.countDown();
          throw new IllegalStateException("nobody can be told");
        };
    change("contact", "Contact us", "Write to us");
    assertThat(failed.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

    change("contact", "Write to us", "Call us");
    await(() -> page("/forms/contact").contains("Call us"));
  }

  @Test
  void theBusinessAndLanguagesAreTakenUpToo() throws Exception {
    Path business = form("business");
    Files.writeString(
        business, Files.readString(business).replace("Linden Street Studio", "Elm Street Studio"));
    Path english = root.resolve("shared/wording/en.json");
    Files.writeString(
        english,
        Files.readString(english).replace("\"message.send\": \"", "\"message.send\": \"Do "));

    await(() -> page("/forms/contact").contains("Elm Street Studio"));
    await(() -> page("/forms/contact").contains(">Do "));
  }

  private Path form(String name) {
    return root.resolve("shared/forms").resolve(name + ".json");
  }

  private void change(String form, String part, String other) throws IOException {
    String text = Files.readString(form(form));
    assertThat(text).contains(part);
    save(form, text.replace(part, other));
  }

  /** At once: who looks while it is half written sees something else that is not right. */
  private void save(String form, String text) throws IOException {
    Path written = Files.writeString(root.resolve("written"), text);
    Files.move(written, form(form), ATOMIC_MOVE);
  }

  private String page(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(host.uri().resolve(path)).header("Accept-Language", "en").build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    var end = Instant.now().plus(Patience.LIMIT);
    while (!condition.call()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(100);
    }
  }
}
