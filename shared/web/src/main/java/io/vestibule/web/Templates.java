package io.vestibule.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vestibule.core.forms.Business;
import java.util.Map;
import java.util.TreeMap;

/** Renders templates, which were compiled at build time and escape every value by its context. */
final class Templates {

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final PageStyle style;

  Templates(Business business) {
    this.style = PageStyle.of(business);
  }

  /** The style sheet that each page carries in itself. */
  String style() {
    return style.text();
  }

  /** Renders a page. */
  Reply render(
      int status, String template, Page page, Map<String, Object> values, ContentPolicy policy) {
    var all = new TreeMap<>(values);
    all.put("page", page);
    var html = new StringOutput();
    engine.render(template + ".jte", all, html);
    return Reply.html(status, policy.header(style.hash()), html.toString())
        .with("Content-Language", page.wording().language());
  }
}
