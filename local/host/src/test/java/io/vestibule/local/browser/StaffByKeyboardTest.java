package io.vestibule.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.journey.Records;
import io.vestibule.local.journey.Tables;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All that staff do, by the keyboard alone: nothing is clicked, filled in or focused otherwise. */
class StaffByKeyboardTest extends BrowserJourney {

  /** As a browser in American English wants a day typed, part by part. */
  private static final DateTimeFormatter TYPED =
      DateTimeFormatter.ofPattern("MMdduuuu", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc");
  }

  private static String inRow(String of, String what) {
    return "tr:has-text('%s') %s".formatted(of, what);
  }

  private static String place(String name) {
    return "nav.bar a:text-is('" + name + "')";
  }

  @Test
  void aMessageIsTakenTaggedPassedOnAndDone() throws Exception {
    somebody().becomesACustomer(Map.of("name", "Mary Somerville", "message", "By the keyboard"));
    try (var window = window()) {
      var keys = new Keyboard(window.page);
      window.opens("/_local/staff/login?as=agent");
      keys.presses(place("Messages"));
      keys.presses(inRow("Mary Somerville", "td a"));
      assertThat(window.text()).contains("By the keyboard");
      keys.presses("button[name=to][value=taken]", "Space");
      keys.presses(inRow("Mary Somerville", "td a"));
      keys.ticks("input[name=tag][value=urgent]");
      keys.presses("button[name=tagged]");
      keys.chooses("#tag", "urgent");
      keys.presses("form.filter button");
      keys.presses(inRow("Mary Somerville", "td a"));
      keys.chooses("#role", "role-admin");
      keys.presses("button[name=to][value=role]");
      assertThat(window.text()).doesNotContain("Mary Somerville");

      window.opens("/_local/staff/login?as=admin");
      keys.presses("main a:text-is('Passed on to my role')");
      keys.presses(inRow("Mary Somerville", "td a"));
      keys.presses("button[name=to][value=done]");
      assertThat(window.text()).doesNotContain("Mary Somerville");
      keys.presses("main nav a:text-is('Done')");
      assertThat(window.text()).contains("Mary Somerville");
      assertThat(window.complaints()).isEmpty();
    }
  }

  private static void picks(Keyboard keys, List<String> names) {
    names.forEach(name -> keys.ticks(inRow(name, "[name=entry]")));
  }

  @Test
  void severalMessagesAreTakenPassedOnAndDoneAtOnce() throws Exception {
    var names = List.of("Emmy Noether", "Sophie Germain");
    for (var name : names) {
      somebody().becomesACustomer(Map.of("name", name));
    }
    try (var window = window()) {
      var keys = new Keyboard(window.page);
      window.opens("/_local/staff/login?as=agent");
      keys.presses(place("Messages"));
      picks(keys, names);
      keys.presses("button[name=to][value=taken]");
      assertThat(window.text()).doesNotContain(names.toArray(String[]::new));
      keys.presses("main nav a:text-is('Taken by me')");
      picks(keys, names);
      keys.chooses("#role", "role-admin");
      keys.presses("button[name=to][value=role]", "Space");
      assertThat(window.text()).doesNotContain(names.toArray(String[]::new));

      window.opens("/_local/staff/login?as=admin");
      keys.presses("main a:text-is('Passed on to my role')");
      picks(keys, names);
      keys.presses("button[name=to][value=done]");
      assertThat(window.text()).doesNotContain(names.toArray(String[]::new));
      keys.presses("main nav a:text-is('Done')");
      assertThat(window.text()).contains(names);
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void aNoteIsWrittenAndACustomerIsHeldAndNoLonger() throws Exception {
    somebody().becomesACustomer(Map.of("name", "Hedy Lamarr"));
    try (var window = window()) {
      var keys = new Keyboard(window.page);
      window.opens("/_local/staff/login?as=admin");
      keys.presses(place("Customers"));
      keys.presses(inRow("Hedy Lamarr", "b a"));
      keys.types("#note", "Rang up about the roof");
      keys.types("#on", TYPED.format(clock.instant()));
      keys.presses("form:has(#note) button", "Space");
      assertThat(window.page.locator("h1").innerText()).isEqualTo("Your note is kept");
      keys.presses("main a");
      assertThat(window.text()).contains("Rang up about the roof", "Reached by phone on");
      keys.types("#ground", "Commercial code, section 257");
      keys.leadsOn("Enter");
      assertThat(window.page.locator("h1").innerText())
          .isEqualTo("They must not be erased from now on");
      keys.presses("main a");
      assertThat(window.text()).contains("Commercial code, section 257");
      keys.presses("button[name=lift]", "Space");
      assertThat(window.page.locator("h1").innerText()).isEqualTo("The hold is lifted");
      keys.presses("main a");
      assertThat(window.text()).doesNotContain("Commercial code, section 257");
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void whatIsHeldIsReleasedAndRejected() throws Exception {
    var ada = somebody();
    var released = ada.submits(Map.of("_gotcha", "filled in", "message", "I am no machine"));
    var rejected = somebody().submits(Map.of("_gotcha", "filled in"));
    var alone = somebody().submits(Map.of("_gotcha", "filled in"));
    host.drain(LIMIT);
    try (var window = window()) {
      var keys = new Keyboard(window.page);
      window.opens("/_local/staff/login?as=admin");
      keys.presses(place("Held"));
      keys.presses("main h2 a:text-is('Looks like spam')");
      keys.ticks("#" + released);
      keys.presses("button[name=decision][value=release]");
      assertThat(window.page.locator("#" + released).count()).isZero();
      keys.ticks("#" + rejected);
      keys.presses("button[name=decision][value=reject]", "Space");
      assertThat(window.page.locator("#" + rejected).count()).isZero();
      keys.presses("li:has(#" + alone + ") a");
      keys.presses("button[name=decision][value=reject]");
      host.drain(LIMIT);

      assertThat(ada.link(released)).isNotNull();
      var tables = new Tables(host);
      assertThat(List.of(tables.status(rejected), tables.status(alone)))
          .allSatisfy(it -> assertThat(it).isEqualTo("ERASED spam"));
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void whatSomebodyAskedByLetterIsEnteredAndConfirmed() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("name", "Grace Hopper"));
    try (var window = window()) {
      var keys = new Keyboard(window.page);
      window.opens("/_local/staff/login?as=privacy");
      window.opens("/staff/customers/" + new Records(host).customerId(ada.address));
      keys.chooses("#deed", "erase");
      keys.chooses("#channel", "letter");
      keys.types("#received", TYPED.format(clock.instant()));
      keys.chooses("#check", "document");
      keys.presses("form:has(#deed) button");
      assertThat(window.page.locator("h1").innerText()).isEqualTo("It waits for a second person");

      window.opens("/_local/staff/login?as=admin");
      keys.presses(place("Requests"));
      keys.presses("main li a:has-text('Waits for a second person')");
      keys.presses("button[name=confirm]", "Space");
      host.drain(LIMIT);
      assertThat(new Records(host).isKnown(ada.address)).isFalse();
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void aTargetGoesOnAndWhatFailedIsSentAgainAndOneSignsOut() throws Exception {
    StaffInABrowserTest.stoppedLane(host);
    try (var window = window()) {
      var keys = new Keyboard(window.page);
      window.opens("/_local/staff/login?as=operator");
      keys.presses(place("Deliveries"));
      keys.presses("button[value=replay]", "Space");
      assertThat(window.text()).contains("being done");
      keys.presses(place("Deliveries"));
      keys.presses("button[value=resume]");
      assertThat(window.text()).contains("being done");
      keys.presses("nav.bar form button");
      assertThat(window.page.locator("h1").innerText()).isEqualTo("You are signed out");
      assertThat(window.complaints()).isEmpty();
    }
  }
}
