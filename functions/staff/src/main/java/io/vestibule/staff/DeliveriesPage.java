package io.vestibule.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.staff.operations.LaneStates;
import io.vestibule.staff.operations.OrderDelivery;
import io.vestibule.staff.operations.OrderDelivery.Order;
import io.vestibule.staff.page.DeliveriesView;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.audit.StaffAudit.Person;
import io.vestibule.web.Reply;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The page of the targets: which of them are told, and what was not. It names nobody. */
final class DeliveriesPage implements Section {

  private static final String ORDERED = "ordered";

  private final LaneStates states;
  private final OrderDelivery orderDelivery;
  private final StaffPages pages;

  DeliveriesPage(LaneStates states, OrderDelivery orderDelivery, StaffPages pages) {
    this.states = states;
    this.orderDelivery = orderDelivery;
    this.pages = pages;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return isHere(visit) && visit.may(Right.OPERATE) ? Optional.of(show(visit)) : Optional.empty();
  }

  @Override
  public Optional<Reply> write(Visit visit, ObjectNode values) {
    return isHere(visit)
        ? visit.acting(Right.OPERATE).flatMap(it -> order(visit, it, values))
        : Optional.empty();
  }

  private static boolean isHere(Visit visit) {
    return visit.request().path().equals(Place.DELIVERIES.path());
  }

  private Optional<Reply> order(Visit visit, Roles.Acting acting, ObjectNode values) {
    var person = visit.session().in(acting.name());
    var target = values.path("target").asText();
    return Arrays.stream(Order.values())
        .filter(it -> it.code().equals(values.path("order").asText()))
        .findFirst()
        .flatMap(it -> order(visit, it, target, person));
  }

  private Optional<Reply> order(Visit visit, Order order, String target, Person person) {
    return visit.orderedIfAny(
        pages,
        () ->
            orderDelivery.run(order, target, person, visit.invocation())
                ? Optional.of(
                    Reply.seeOther(visit.page(pages, "", false).to(here() + "?" + ORDERED + "=1")))
                : Optional.empty());
  }

  private static String here() {
    return Place.DELIVERIES.path();
  }

  private Reply show(Visit visit) {
    var title = pages.language(visit.request()).text(Place.DELIVERIES.key());
    var page = visit.page(pages, title, false);
    var lanes = states.all().stream().map(it -> lane(it, page)).toList();
    var view = new DeliveriesView(visit.request().query(ORDERED).isPresent(), lanes);
    return pages.render(200, "deliveries", page, view);
  }

  private static DeliveriesView.Lane lane(LaneStates.State state, StaffPage page) {
    return new DeliveriesView.Lane(
        state.target(),
        state.stopped().isPresent(),
        state
            .stopped()
            .map(code -> sentence("staff.lane.", code, page))
            .orElseGet(() -> page.text("staff.lane.runs")),
        Integer.toString(state.waiting()),
        state.failures().entrySet().stream()
            .map(
                it ->
                    new DeliveriesView.Failure(
                        it.getValue().toString(), sentence("staff.failure.", it.getKey(), page)))
            .toList());
  }

  /** A word of a later version, or a status of the partner's, has no sentence of its own. */
  private static String sentence(String prefix, String code, StaffPage page) {
    var wording = page.page().wording();
    return wording.messages().containsKey(prefix + code)
        ? page.text(prefix + code)
        : wording.text(prefix + "other", Map.of("code", code));
  }
}
