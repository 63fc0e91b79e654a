package io.vestibule.staff;

import io.vestibule.staff.entry.OpenEntry;
import io.vestibule.staff.entry.Opened;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Roles;
import io.vestibule.web.Reply;
import java.util.function.Function;

/** What pages that open something have in common. */
final class Openings {

  private Openings() {}

  /** What somebody wants, as they ask for it here. */
  static OpenEntry.Wish wish(Visit visit, Roles.Acting acting, String reason, StaffPages pages) {
    return new OpenEntry.Wish(
        visit.session().in(acting.name()),
        acting,
        reason,
        pages.language(visit.request()).language(),
        visit.invocation());
  }

  /** A page of what is open, or one that says why nothing is. */
  static <T> Reply reply(Visit visit, StaffPages pages, Opened<T> opened, Function<T, Reply> page) {
    return switch (opened) {
      case Opened.Shown<T>(T what) -> page.apply(what);
      case Opened.Missing<T>() -> visit.message(pages, 404, "staff.missing");
      case Opened.Unreadable<T>() -> visit.message(pages, 500, "staff.unreadable");
      case Opened.Enough<T>() -> visit.message(pages, 429, "staff.enough");
    };
  }

  /** Nobody would see what a HEAD has opened. */
  static Reply noHead() {
    return Reply.empty(405).with("Allow", "GET, POST");
  }
}
