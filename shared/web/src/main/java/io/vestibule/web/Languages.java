package io.vestibule.web;

import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Links from a page to itself in the other languages. */
final class Languages {

  private final Wordings wordings;

  Languages(Wordings wordings) {
    this.wordings = wordings;
  }

  /** Empty for the answer to a POST: it cannot be had again by its address. */
  List<Page.LanguageLink> of(Request request, Wording current) {
    var links = new ArrayList<Page.LanguageLink>();
    if (!request.method().equals("POST")) {
      for (String language : wordings.languages()) {
        if (!language.equals(current.language())) {
          String name = wordings.of(language).text("language");
          links.add(new Page.LanguageLink(language, name, href(request, language)));
        }
      }
    }
    return links;
  }

  /** The same path, and the same query but for the language. */
  private static String href(Request request, String language) {
    Map<String, String> query = new TreeMap<>(request.query());
    query.put("lang", language);
    return query.entrySet().stream()
        .map(part -> Links.encode(part.getKey()) + "=" + Links.encode(part.getValue()))
        .collect(Collectors.joining("&", "?", ""));
  }
}
