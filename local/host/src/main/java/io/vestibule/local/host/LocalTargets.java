package io.vestibule.local.host;

import io.vestibule.local.account.Closing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Targets that a run adds to every form: files in a folder, in which <code>{port}</code> is the
 * run's own port. The secret of a target is in {@code <name>.secret.json} beside it; one that has
 * none gets a secret that signs webhooks and opens a CRM, for as long as the run lasts.
 */
final class LocalTargets {

  private static final String SUFFIX = ".json";
  private static final String SECRET = ".secret.json";

  /** What the names of secrets have before the name of the target. */
  static final String FOLDER = "vestibule/";

  private static final int KEY_BYTES = 32;

  private final Path folder;
  private final Path read;
  private final int port;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> made = new ConcurrentHashMap<>();

  private LocalTargets(Path folder, Path read, int port) {
    this.folder = folder;
    this.read = read;
    this.port = port;
  }

  /** Reads the folder; what functions see of it is gone when the run ends. */
  static LocalTargets of(Path folder, int port, Closing closing) throws IOException {
    var targets = new LocalTargets(folder, Files.createTempDirectory("targets"), port);
    closing.then(targets::delete);
    try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.endsWith(SECRET)) {
          Files.writeString(targets.read.resolve(name), targets.text(file));
        }
      }
    }
    return targets;
  }

  /** Where functions find the targets. */
  Path folder() {
    return read;
  }

  /** The secret of a name, if it is one of these targets'. */
  Optional<String> secret(String name) {
    int end = name.lastIndexOf(FOLDER);
    if (end < 0) {
      return Optional.empty();
    }
    String target = name.substring(end + FOLDER.length());
    if (!target.matches("[a-z][a-z0-9-]*") || !Files.exists(read.resolve(target + SUFFIX))) {
      return Optional.empty();
    }
    Path file = folder.resolve(target + SECRET);
    return Optional.of(
        Files.exists(file) ? text(file) : made.computeIfAbsent(target, any -> made()));
  }

  private String made() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return """
        {"keys": ["whsec_%1$s"], "client": "local", "clientSecret": "%1$s", "refreshToken": "%1$s"}"""
        .formatted(Base64.getEncoder().encodeToString(key));
  }

  private String text(Path file) {
    try {
      return Files.readString(file).replace("{port}", Integer.toString(port));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private void delete() throws IOException {
    try (var files = Files.newDirectoryStream(read)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(read);
  }
}
