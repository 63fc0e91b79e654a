package io.vestibule.staff.page;

import io.vestibule.staff.session.Session;
import io.vestibule.web.Page;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every page for staff has, as its template reads it.
 *
 * @param session of whoever sees it; null before they have signed in
 * @param path of the page itself
 * @param places where the person can go from everywhere
 */
public record StaffPage(Page page, @Nullable Session session, String path, Set<Place> places) {

  /** A link in the head of the page. */
  public record Link(String name, String href, boolean here) {}

  /** The head of the page, in the order of {@link Place}. */
  public List<Link> links() {
    return places.stream()
        .sorted()
        .map(it -> new Link(text(it.key()), to(it.path()), it.path().equals(path)))
        .toList();
  }

  /** A page of ours in the language of this one. */
  public String to(String path) {
    return path + (path.contains("?") ? "&" : "?") + "lang=" + page.wording().language();
  }

  /** A month, as people write it. */
  public String month(YearMonth month) {
    var language = Locale.forLanguageTag(page.wording().language());
    return DateTimeFormatter.ofPattern(text("staff.month"), language).format(month);
  }

  public String text(String key) {
    return page.text(key);
  }

  /** What a tag is called; by its id if the business has it no more. */
  public String tag(String id) {
    return page.wording().messages().getOrDefault("staff.tag." + id, id);
  }

  /** Who is signed in, and in which roles. */
  public String who() {
    return session == null ? "" : session.name() + " · " + String.join(", ", session.roles());
  }

  /** What the forms of this page carry. */
  public String csrf() {
    return session == null ? "" : session.csrf();
  }
}
