package io.vestibule.staff.page;

import io.vestibule.staff.session.Session;
import io.vestibule.web.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page for staff has, as its template reads it.
 *
 * @param session of whoever sees it; null before they have signed in
 * @param path of the page itself
 * @param lists whether the person may see lists
 */
public record StaffPage(Page page, @Nullable Session session, String path, boolean lists) {

  /** A link in the head of the page. */
  public record Place(String name, String href, boolean here) {}

  /** Where the person can go from everywhere. */
  public List<Place> places() {
    var places = new ArrayList<Place>();
    if (session != null) {
      places.add(place("staff.today", "/staff/"));
      if (lists) {
        places.add(place("staff.new", "/staff/new"));
      }
    }
    return places;
  }

  private Place place(String key, String path) {
    return new Place(text(key), to(path), path.equals(this.path));
  }

  /** A page of ours in the language of this one. */
  public String to(String path) {
    return path + (path.contains("?") ? "&" : "?") + "lang=" + page.wording().language();
  }

  public String text(String key) {
    return page.text(key);
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
