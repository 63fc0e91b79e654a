package io.vestibule.local;

import io.vestibule.core.Env;
import io.vestibule.core.Pause;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Told;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.Options;
import io.vestibule.local.host.OwnersFiles;
import io.vestibule.local.host.StartFailure;
import io.vestibule.local.template.TemplateException;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Runs the template on this machine until it is interrupted.
 *
 * <p>{@code PORT} is where (8080 if unset, 0 for any free port). {@code AWS_ENDPOINT_URL} names an
 * emulator to use instead of the embedded parts. The template is {@code template.yaml} in the
 * working directory or above it, or the one that the system property {@code vestibule.template}
 * names.
 */
public final class Main {

  /** Whom a run on this machine tells of what comes in; {@code /_local/mail} has its mails. */
  private static final String STAFF_MAIL = "owner@business.example";

  /** RFC 2606 has them for examples, and who tries things out enters little else. */
  private static final String FOR_EXAMPLES = "example.com,example.net,example.org";

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream terminal = System.out;
    try {
      Options options = options(System.getenv(), terminal);
      LocalHost host = LocalHost.start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(host)));
      follow(options.template().toAbsolutePath().resolveSibling(""), host, terminal);
      terminal.println("READY " + host.uri() + "/");
      terminal.println("STAFF " + host.uri() + "/staff/");
      Stream.of("DYNAMODB", "S3", "KMS", "SESV2")
          .forEach(service -> terminal.println("AWS_ENDPOINT_URL_" + service + "=" + host.aws()));
      untold(host).forEach(form -> terminal.println("NOBODY IS TOLD of what comes in by: " + form));
      new CountDownLatch(1).await(); // A signal ends the process.
    } catch (StartFailure | TemplateException e) {
      fail(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      fail(e.toString());
    }
  }

  /** Only where the project is: a run may have nothing of it but the template. */
  private static void follow(Path root, LocalHost host, PrintStream terminal) throws IOException {
    if (Files.isDirectory(root.resolve("shared"))) {
      OwnersFiles files = OwnersFiles.follow(root, host, terminal::println);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(files)));
    }
  }

  /** What nobody is told of waits in the tables, encrypted, until somebody looks. */
  public static List<String> untold(LocalHost host) {
    var variables = host.stack().function("VerifyFunction").orElseThrow().environment();
    return Env.of(variables).read(Told::read).ofNone(new Forms().all());
  }

  private static Options options(Map<String, String> environment, PrintStream terminal) {
    Path template =
        Optional.ofNullable(System.getProperty("vestibule.template"))
            .map(Path::of)
            .or(Main::templateHereOrAbove)
            .orElseThrow(() -> new StartFailure("There is no template.yaml here or above."));
    return new Options(
        template,
        port(environment.getOrDefault("PORT", "8080")),
        new MovableClock(),
        Pause.REAL,
        Optional.ofNullable(environment.get("AWS_ENDPOINT_URL"))
            .filter(endpoint -> !endpoint.isBlank())
            .map(URI::create),
        Map.of("StaffMail", STAFF_MAIL, "StaffSignIn", "oidc", "MailProviderDomains", FOR_EXAMPLES),
        Map.of(),
        Optional.of(template.resolveSibling("local").resolve("targets")).filter(Files::isDirectory),
        Options.Schedules.BY_THE_CLOCK,
        terminal::println);
  }

  private static Optional<Path> templateHereOrAbove() {
    return Stream.iterate(
            Path.of("").toAbsolutePath(), folder -> folder != null, folder -> folder.getParent())
        .map(folder -> folder.resolve("template.yaml"))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static int port(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new StartFailure("PORT is " + text + ", which is not the number of a port.");
    }
    return Integer.parseInt(text);
  }

  private static void stop(Closeable part) {
    try {
      part.close();
    } catch (IOException e) {
      System.err.println("It did not stop cleanly: " + e.getMessage());
    }
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }
}
