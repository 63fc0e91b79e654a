package io.vestibule.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.staff.customer.OpenCustomer;
import io.vestibule.staff.page.CustomerWords;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.web.Reply;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The page of a customer: all that is known of somebody, by their number. */
final class CustomerPage implements Section {

  static final String PATH = "/staff/customers/";

  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final OpenCustomer openCustomer;
  private final CustomerDeeds deeds;
  private final CustomerWords words;
  private final StaffPages pages;

  CustomerPage(
      OpenCustomer openCustomer, CustomerDeeds deeds, CustomerWords words, StaffPages pages) {
    this.openCustomer = openCustomer;
    this.deeds = deeds;
    this.words = words;
    this.pages = pages;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return number(visit).flatMap(it -> visit.acting(Right.OPEN).map(role -> read(visit, role, it)));
  }

  private Reply read(Visit visit, Roles.Acting acting, String number) {
    return visit.request().method().equals("HEAD")
        ? Openings.noHead()
        : deeds.done(visit, number).orElseGet(() -> show(visit, acting, number, Roles.WORK));
  }

  /** What was posted: a reason to see more, or what is to be done; empty if it is neither. */
  @Override
  public Optional<Reply> write(Visit visit, ObjectNode values) {
    return number(visit).flatMap(it -> write(visit, it, values));
  }

  private Optional<Reply> write(Visit visit, String number, ObjectNode values) {
    var reason = values.path("reason").asText();
    return visit.roles().reasons().contains(reason)
        ? visit.acting(Right.OPEN).map(it -> show(visit, it, number, reason))
        : deeds.run(visit, number, values);
  }

  private Reply show(Visit visit, Roles.Acting acting, String number, String reason) {
    var wish = Openings.wish(visit, acting, reason, pages);
    var page = visit.page(pages, pages.language(visit.request()).text("staff.customer"), false);
    return Openings.reply(
        visit,
        pages,
        openCustomer.run(number, wish),
        seen ->
            pages.render(
                200,
                "customer",
                page,
                words.of(seen, page, deeds.offered(visit), reasons(visit, acting))));
  }

  private static List<String> reasons(Visit visit, Roles.Acting acting) {
    return acting.role().mayGiveReasons() ? visit.roles().reasons() : List.of();
  }

  private static Optional<String> number(Visit visit) {
    var path = visit.request().path();
    return path.startsWith(PATH)
        ? Optional.of(path.substring(PATH.length())).filter(NUMBER.asMatchPredicate())
        : Optional.empty();
  }
}
