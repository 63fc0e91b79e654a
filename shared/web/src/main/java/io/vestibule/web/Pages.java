package io.vestibule.web;

import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.EntryNumber;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.FormWords.Part;
import io.vestibule.core.forms.Told;
import io.vestibule.core.wording.Wording;
import java.net.IDN;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every page that people see. None has anything from elsewhere, or needs a script but one: a form
 * that asks for a proof of work. A form with conditions has one that it can do without.
 */
public final class Pages {

  private final Business business;
  private final Languages languages;
  private final Templates templates;
  private final Told told;

  /** Pages that promise nothing of anybody who is told. */
  public Pages(Business business, Languages languages) {
    this(business, languages, Told.NOBODY);
  }

  public Pages(Business business, Languages languages, Told told) {
    this.business = business;
    this.languages = languages;
    this.templates = new Templates(business);
    this.told = told;
  }

  /** A form to fill in, with what is known already. */
  public Reply form(Request request, Wording wording, Form form, FormState state) {
    return form(200, request, wording, form, state, null);
  }

  /** The form once more: with what was typed, and why it was not taken. */
  public Reply formAgain(
      Request request, Wording wording, Form form, FormState state, Problem problem) {
    return form(problem.type().status(), request, wording, form, state, problem);
  }

  private Reply form(
      int status,
      Request request,
      Wording wording,
      Form form,
      FormState state,
      @Nullable Problem problem) {
    String title = form.title().in(wording.language());
    var page = page(wording, title, problem != null, languages.others(request, wording));
    return templates.render(
        status,
        "form",
        page,
        Map.of("form", FormView.of(form, page, state, problem)),
        new ContentPolicy(
            form.next().stream().map(Pages::origin).distinct().toList(),
            FormView.solves(form, state) || form.schema().isConditional()));
  }

  /**
   * "Almost done": the answer to what was just posted, and only to that. It shows the address, so
   * that a mistyped one is seen, and carries all that was entered, so that it is put right without
   * typing everything again.
   */
  public Reply thanks(Wording wording, Form form, RowId id, Entry entry) {
    var page = thanksPage(wording);
    return templates.render(
        200,
        "thanks",
        page,
        Map.of(
            "address", readable(entry.typed(form.identity())),
            "change", Links.form(form.name(), wording),
            "entered", entered(form, entry),
            "next", next(page, form, id),
            "number",
                EntryNumber.told(id).map(_ -> page.text(form, Part.NUMBER, number(id))).orElse(""),
            "resend", Links.resend(form.confirmed(), id.value())),
        ContentPolicy.STRICT);
  }

  /** What the form would show again; the rest is dropped then as it was now. */
  private static Map<String, List<String>> entered(Form form, Entry entry) {
    var entered = new LinkedHashMap<>(entry.posted());
    entered
        .keySet()
        .removeIf(name -> !name.startsWith(Entry.CONSENT) && !form.fields().containsKey(name));
    return entered;
  }

  /** The same in a few sentences, for a page of somebody's own. */
  public String thanksMessage(Wording wording, Form form, RowId id, Entry entry) {
    var page = thanksPage(wording);
    var address = readable(entry.typed(form.identity()));
    return page.text("thanks.message", Map.of("address", address, "next", next(page, form, id)));
  }

  private static String next(Page page, Form form, RowId id) {
    return page.text(form, Part.THANKS, number(id));
  }

  private static Map<String, String> number(RowId id) {
    return EntryNumber.told(id).map(it -> Map.of("number", it.value())).orElseGet(Map::of);
  }

  private Page thanksPage(Wording wording) {
    return page(wording, wording.text("thanks.title"), false, List.of());
  }

  /** After a request was confirmed, as long as it is being worked on. */
  public Reply working(Request request, Wording wording, DataRequest.Kind kind) {
    var others = languages.others(request, wording);
    Page page = page(wording, wording.text("working.title"), false, others);
    var done = page.text("working." + kind.code());
    return message(200, page, List.of(done, page.text("working.keep")));
  }

  /** After the button was pressed. */
  public Reply confirmed(Request request, Wording wording, Form form) {
    return done(request, wording, "confirmed", form, Part.DONE, Part.DONE_UNTOLD);
  }

  /** After the button was pressed once more. */
  public Reply alreadyConfirmed(Request request, Wording wording, Form form) {
    return done(request, wording, "already", form, Part.ALREADY, Part.ALREADY_UNTOLD);
  }

  /** After "this was not me". */
  public Reply disowned(Request request, Wording wording) {
    var others = languages.others(request, wording);
    Page page = page(wording, wording.text("disowned.title"), false, others);
    return message(200, page, List.of(page.text("disowned.text"), page.text("confirmed.close")));
  }

  /** One page for every link that is worth nothing, whatever the reason. */
  public Reply dead(Wording wording, String again) {
    return dead(wording, "dead", "", again);
  }

  /** The page of a link that is too old, of what still waits to be confirmed: by a new link. */
  public Reply ended(Wording wording, Destination destination, String id, String again) {
    return dead(wording, "ended", Links.resend(destination, id), again);
  }

  private Reply dead(Wording wording, String what, String resend, String again) {
    return templates.render(
        410,
        "dead",
        page(wording, wording.text("dead.title"), true, List.of()),
        Map.of("what", what, "resend", resend, "again", again),
        ContentPolicy.STRICT);
  }

  /** The page of a link that lacks a part of its secret: there is more of it in the mail. */
  public Reply cutOff(Wording wording) {
    Page page = page(wording, wording.text("cut.title"), true, List.of());
    return message(410, page, List.of(page.text("cut.text"), page.text("cut.nothing")));
  }

  /** After asking for a new link, whether one is mailed or not. */
  public Reply resent(Wording wording) {
    Page page = page(wording, wording.text("resent.title"), false, List.of());
    return message(200, page, List.of(page.text("resent.text"), page.text("resent.nothing")));
  }

  /** A problem, as a document for programs or as a page for people. */
  public Reply problem(Request request, Wording wording, Problem problem) {
    if (request.wantsJson()) {
      return problem.toJson(wording);
    }
    Problem.Type type = problem.type();
    Page page = page(wording, type.title(wording), true, List.of());
    return message(type.status(), page, List.of(type.text(wording)));
  }

  /** The answer to a method that a resource does not have. */
  public Reply notAllowed(Request request, Wording wording, String allowed) {
    return problem(request, wording, Problem.of(Problem.Type.METHOD_NOT_ALLOWED))
        .with("Allow", allowed);
  }

  private Reply done(
      Request request, Wording wording, String message, Form form, Part isTold, Part isUntold) {
    String language = wording.language();
    var other = languages.others(request, wording);
    Page page = page(wording, wording.text(message + ".title"), false, other);
    return templates.render(
        200,
        "done",
        page,
        Map.of(
            "text", page.text(form, told.of(form) ? isTold : isUntold, Map.of()),
            "afterwards", afterwards(form, language),
            "close", page.text("confirmed.close")),
        ContentPolicy.STRICT);
  }

  /** Where nobody is told, nobody answers. */
  private String afterwards(Form form, String language) {
    return form.afterwards() == null || !told.of(form) ? "" : form.afterwards().in(language);
  }

  private Reply message(int status, Page page, List<String> paragraphs) {
    return templates.render(
        status, "message", page, Map.of("paragraphs", paragraphs), ContentPolicy.STRICT);
  }

  private Page page(
      Wording wording, String title, boolean failed, List<Page.LanguageLink> languages) {
    return new Page(business, wording, templates.style(), title, failed, languages);
  }

  /**
   * Browsers send a domain in ASCII ({@code xn--…}); a person would not recognise their own in that
   * form.
   */
  private static String readable(String address) {
    int domain = address.lastIndexOf('@') + 1;
    return address.substring(0, domain) + IDN.toUnicode(address.substring(domain));
  }

  private static String origin(String address) {
    URI uri = URI.create(address);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
