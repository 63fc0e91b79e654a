package io.vestibule.staff.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vestibule.core.forms.Business;
import io.vestibule.core.wording.Wording;
import io.vestibule.staff.session.Session;
import io.vestibule.web.ContentPolicy;
import io.vestibule.web.Languages;
import io.vestibule.web.Page;
import io.vestibule.web.PageStyle;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pages for staff. None needs a script, or has anything from elsewhere. */
public final class StaffPages {

  /** Where the provider asks who somebody is, though it knows them. */
  public static final String SIGN_IN_AFRESH = "/staff/login?afresh=1";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, "io.vestibule.staff.templates");
  private final Business business;
  private final Languages languages;
  private final PageStyle style;

  public StaffPages(Business business, Languages languages) {
    this.business = business;
    this.languages = languages;
    this.style = PageStyle.of(business, PageStyle.read(StaffPages.class, "staff.css"));
  }

  /** The language of a page. */
  public Wording language(Request request) {
    return languages.choose(request);
  }

  /** What a page has besides its content. */
  public StaffPage page(
      Request request, @Nullable Session session, Set<Place> places, String title, boolean failed) {
    var wording = language(request);
    var others = languages.others(request, wording);
    return new StaffPage(
        new Page(business, wording, style.text(), title, failed, others),
        session,
        request.path(),
        places);
  }

  /** A page with content of its own. */
  public Reply render(int status, String template, StaffPage page, Object view) {
    return render(status, template, page, Map.of("view", view));
  }

  /** A page that says something in a sentence or two. */
  public Reply message(
      int status, StaffPage page, List<String> paragraphs, String href, String go) {
    return render(
        status, "message", page, Map.of("paragraphs", paragraphs, "href", href, "go", go));
  }

  /**
   * A page for who has no session: it says something, and leads to where one signs in.
   *
   * @param key of the title and of the sentence
   * @param signIn where that is
   */
  public Reply outside(
      Request request, int status, String key, Function<StaffPage, String> signIn) {
    var title = language(request).text(key + ".title");
    var page = page(request, null, Set.of(), title, status >= 400);
    return message(
        status,
        page,
        List.of(page.text(key + ".text")),
        signIn.apply(page),
        page.text("staff.sign-in"));
  }

  private Reply render(int status, String template, StaffPage page, Map<String, Object> values) {
    var all = new HashMap<>(values);
    all.put("staff", page);
    var html = new StringOutput();
    engine.render(template + ".jte", all, html);
    // The Origin of a form's post would be null under no-referrer, and it is how we know our own.
    return Reply.html(status, ContentPolicy.STRICT.header(style.hash()), html.toString())
        .with("Content-Language", page.page().wording().language())
        .with("Referrer-Policy", "same-origin")
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("Strict-Transport-Security", "max-age=31536000");
  }
}
