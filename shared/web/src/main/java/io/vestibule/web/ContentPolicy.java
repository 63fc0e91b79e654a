package io.vestibule.web;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a page may load and where it may lead (Content Security Policy Level 3): its own style and
 * the logo that it carries, and next to nothing else.
 *
 * @param formTargets origins to which the page's forms may lead besides our own: browsers apply the
 *     policy to the redirect after a POST, too
 * @param script whether the page runs our own script, which may ask us for a challenge
 */
public record ContentPolicy(List<String> formTargets, boolean script) {

  /** For a page that runs nothing and leads nowhere else. */
  public static final ContentPolicy STRICT = new ContentPolicy(List.of(), false);

  /**
   * The header's value.
   *
   * @param styleHash SHA-256 of the style sheet that the page carries, in base64
   */
  public String header(String styleHash) {
    return "default-src 'none'; style-src 'sha256-%s'; img-src data:; %sbase-uri 'none'; frame-ancestors 'none'; form-action %s"
        .formatted(
            styleHash,
            script ? "script-src 'self'; connect-src 'self'; " : "",
            Stream.concat(Stream.of("'self'"), formTargets.stream())
                .collect(Collectors.joining(" ")));
  }
}
