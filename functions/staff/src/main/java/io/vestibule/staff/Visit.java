package io.vestibule.staff;

import io.vestibule.staff.entry.Whose;
import io.vestibule.staff.orders.Orders;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Role;
import io.vestibule.staff.roles.Roles;
import io.vestibule.staff.session.Session;
import io.vestibule.store.people.Standing;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody who is signed in asks for something.
 *
 * @param invocation in which it is answered
 */
record Visit(Session session, Roles roles, Request request, String invocation) {

  boolean may(Right right) {
    return acting(right).isPresent();
  }

  /** In which role they may do it. */
  Optional<Roles.Acting> acting(Right right) {
    return roles.acting(session.roles(), right);
  }

  /** Who stands for this person where entries say who sees to them. */
  List<String> holders(Whose whose) {
    return switch (whose) {
      case ME -> List.of(session.person());
      case ROLE -> acting(Right.LIST).stream().flatMap(it -> roles(it.role())).toList();
      case OTHER -> List.of();
    };
  }

  /** Those of their roles of whose messages the role in which they look at lists sees all. */
  private Stream<String> roles(Role acting) {
    return roles.takers().stream()
        .filter(session.roles()::contains)
        .filter(it -> acting.seesAllOf(Objects.requireNonNull(roles.roles().get(it))))
        .map(Standing::ofRole);
  }

  StaffPage page(StaffPages pages, String title, boolean failed) {
    return pages.page(request, session, places(), title, failed);
  }

  private Set<Place> places() {
    return Arrays.stream(Place.values())
        .filter(it -> may(it.right()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A page that is made of what another function answers to an order. */
  interface Ordered {
    Reply make() throws Orders.Failed;
  }

  /** Such a page, if there is anything to be ordered. */
  interface OrderedIfAny {
    Optional<Reply> make() throws Orders.Failed;
  }

  /** Such a page; or one that says that nobody knows what came of the order. */
  Reply ordered(StaffPages pages, Ordered page) {
    return orderedIfAny(pages, () -> Optional.of(page.make())).orElseThrow();
  }

  /** The same; empty if there was nothing to be ordered. */
  Optional<Reply> orderedIfAny(StaffPages pages, OrderedIfAny page) {
    try {
      return page.make();
    } catch (Orders.Failed e) {
      return Optional.of(message(pages, 503, "staff.unclear"));
    }
  }

  /** A page that says why there is nothing to see. */
  Reply message(StaffPages pages, int status, String key) {
    return message(pages, status, key, Map.of());
  }

  /** The same with values that stand in the sentence. */
  Reply message(StaffPages pages, int status, String key, Map<String, String> values) {
    var wording = pages.language(request);
    var page = page(pages, wording.text(key + ".title"), true);
    return pages.message(
        status,
        page,
        List.of(page.page().text(key + ".text", values)),
        page.to("/staff/"),
        page.text("staff.today"));
  }
}
