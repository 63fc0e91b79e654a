package io.vestibule.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vestibule.core.Sha256;
import io.vestibule.core.forms.Business;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders templates, which were compiled at build time and escape every value by its context. */
final class Templates {

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final String style;
  private final String policy;

  Templates(Business business) {
    this.style = stylesheet().replace("{accent}", business.accent());
    this.policy =
        "default-src 'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action "
            .formatted(sha256(style));
  }

  /** The style sheet that each page carries in itself. */
  String style() {
    return style;
  }

  /**
   * Renders a page.
   *
   * @param formTargets origins to which the page's forms may lead besides our own: browsers apply
   *     the policy to the redirect after a POST, too
   */
  Reply render(
      int status,
      String template,
      Page page,
      Map<String, Object> values,
      List<String> formTargets) {
    var all = new TreeMap<>(values);
    all.put("page", page);
    var html = new StringOutput();
    engine.render(template + ".jte", all, html);
    String targets =
        Stream.concat(Stream.of("'self'"), formTargets.stream()).collect(Collectors.joining(" "));
    return Reply.html(status, policy + targets, html.toString())
        .with("Content-Language", page.wording().language());
  }

  private static String stylesheet() {
    try (InputStream file = Templates.class.getResourceAsStream("pages.css")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("pages.css cannot be read", e);
    }
  }

  private static String sha256(String text) {
    return Base64.getEncoder().encodeToString(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
