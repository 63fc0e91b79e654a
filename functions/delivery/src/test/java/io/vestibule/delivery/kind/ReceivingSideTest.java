package io.vestibule.delivery.kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the paper tells receivers to do takes our calls, and no others. */
@Tag("slow")
class ReceivingSideTest {

  private static final String BODY =
      "{\"type\":\"submission.confirmed\",\"data\":{\"form\":\"在吗\"}}";

  @TempDir private Path folder;

  @Test
  void inJava() throws IOException, InterruptedException {
    String main =
        """
          public static void main(String[] it) throws Exception {
            for (int i = 0; i < it.length; i += 5) {
              System.out.println(
                  isOurs(it[i], it[i + 1], it[i + 2], it[i + 3], it[i + 4].getBytes("UTF-8")));
            }
          }
        }
        """;
    String java = sample("java").strip();
    var file =
        Files.writeString(
            folder.resolve("Verify.java"), java.substring(0, java.length() - 1) + main);

    verifies(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dfile.encoding=UTF-8",
            "-Dsun.jnu.encoding=UTF-8",
            file.toString()));
  }

  @Test
  void inNode() throws IOException, InterruptedException {
    assumeTrue(isThere("node"), "there is no Node.js here");
    var file =
        Files.writeString(
            folder.resolve("verify.mjs"),
            sample("js")
                + "const all = process.argv.slice(2);"
                + "while (all.length > 0) {"
                + "  const [s, i, t, g, b] = all.splice(0, 5);"
                + "  console.log(isOurs(s, i, t, g, Buffer.from(b)));"
                + "}");

    verifies(List.of("node", file.toString()));
  }

  @Test
  void inPython() throws IOException, InterruptedException {
    assumeTrue(isThere("python3"), "there is no Python here");
    var file =
        Files.writeString(
            folder.resolve("verify.py"),
            sample("python")
                + "\nimport sys\n"
                + "for s, i, t, g, b in zip(*[iter(sys.argv[1:])] * 5):\n"
                + "    print(str(is_ours(s, i, t, g, b.encode())).lower())\n");

    verifies(List.of("python3", file.toString()));
  }

  private void verifies(List<String> command) throws IOException, InterruptedException {
    var now = Instant.now();
    var both = List.of(Orders.NEWER_KEY, Orders.KEY);

    assertThat(
            run(
                command,
                new Call(Orders.KEY, both, now, BODY),
                new Call(Orders.NEWER_KEY, both, now, BODY),
                new Call(Orders.NEWER_KEY, List.of(Orders.KEY), now, BODY),
                new Call(Orders.KEY, both, now.minusSeconds(400), BODY),
                new Call(Orders.KEY, both, now, BODY + " ")))
        .containsExactly("true", "true", "false", "false", "false");
  }

  /**
   * A call that arrives.
   *
   * @param secret what the receiver has
   * @param received the body, which was signed as {@link #BODY}
   */
  private record Call(String secret, List<String> signedWith, Instant at, String received) {

    List<String> arguments() {
      Map<String, String> headers =
          WebhookSigner.of(signedWith).orElseThrow().headers(Orders.ID, at, BODY.getBytes(UTF_8));
      return List.of(
          secret,
          Orders.ID,
          headers.getOrDefault("webhook-timestamp", ""),
          headers.getOrDefault("webhook-signature", ""),
          received);
    }
  }

  /** One process is told of all calls, and says of each whether it takes it. */
  private static List<String> run(List<String> command, Call... calls)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(command);
    Stream.of(calls).map(Call::arguments).forEach(all::addAll);
    var builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    var process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said.lines().toList();
  }

  private static boolean isThere(String interpreter) throws InterruptedException {
    try {
      return new ProcessBuilder(interpreter, "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String sample(String language) throws IOException {
    String paper = Files.readString(Path.of("..", "..", "docs", "delivery.md"));
    var block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(paper);
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }
}
