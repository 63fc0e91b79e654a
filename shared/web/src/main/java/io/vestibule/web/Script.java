package io.vestibule.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * The one script that there is, for anybody's page: it sends a form in place, and does the work
 * that a form asks for.
 */
public final class Script {

  /** Where it is to be had. */
  public static final String PATH = "/vestibule.js";

  /** A new version of ours is everywhere after that. */
  private static final Duration CACHED = Duration.ofHours(1);

  private final String source = load();

  /** The script. Pages of all origins may load it. */
  public Reply reply() {
    return new Reply(
        200,
        Map.of(
            "Content-Type", "text/javascript; charset=utf-8",
            "Cache-Control", "public, max-age=" + CACHED.toSeconds(),
            "X-Content-Type-Options", "nosniff"),
        source);
  }

  private static String load() {
    try (InputStream file = Script.class.getResourceAsStream("vestibule.js")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("vestibule.js cannot be read", e);
    }
  }
}
