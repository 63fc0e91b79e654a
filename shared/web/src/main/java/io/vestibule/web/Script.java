package io.vestibule.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** A script for anybody's page, and for ours. */
public final class Script {

  /**
   * Where the one is to be had that sends a form in place, and does the work that a form asks for.
   */
  public static final String PATH = "/vestibule.js";

  /** Where the one is to be had that leaves out what a form does not ask. */
  public static final String CONDITIONS = "/conditions.js";

  /** A new version of ours is everywhere after that. */
  private static final Duration CACHED = Duration.ofHours(1);

  private final String source;

  /**
   * A script.
   *
   * @param path where it is to be had
   */
  public Script(String path) {
    this.source = load(path.substring(1));
  }

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

  private static String load(String name) {
    try (InputStream file = Script.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
