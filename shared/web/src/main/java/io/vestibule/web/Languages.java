package io.vestibule.web;

import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** In which language to answer, and the same page in the others. */
public final class Languages {

  private final Wordings wordings;

  public Languages(Wordings wordings) {
    this.wordings = wordings;
  }

  /** The language of the link that was followed ({@code ?lang=}), else what the browser accepts. */
  public Wording choose(Request request) {
    return choose(request, request.query("lang"));
  }

  /** The language that a page was in when it was posted ({@code _lang}), else as for the link. */
  public Wording choose(Request request, Optional<String> posted) {
    Optional<String> asked = posted.or(() -> request.query("lang"));
    return wordings.of(wordings.choose(asked, request.header("accept-language")));
  }

  /** Every language that pages have. */
  List<Wording> all() {
    return wordings.languages().stream().map(wordings::of).toList();
  }

  /** The language closest to a tag. */
  public Wording of(String language) {
    return wordings.of(language);
  }

  /** Links to a page's other languages: none from the answer to a POST, which has no address. */
  public List<Page.LanguageLink> others(Request request, Wording current) {
    return request.method().equals("POST")
        ? List.of()
        : wordings.languages().stream()
            .filter(language -> !language.equals(current.language()))
            .map(language -> link(request, wordings.of(language)))
            .toList();
  }

  /** The same path, and the same query but for the language. */
  private static Page.LanguageLink link(Request request, Wording other) {
    Map<String, String> query = new TreeMap<>(request.query());
    query.put("lang", other.language());
    String href = Links.withQuery("", query);
    return new Page.LanguageLink(other.language(), other.text("language"), href);
  }
}
