package io.vestibule.local.host;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vestibule.core.forms.Forms;
import io.vestibule.local.account.Account;
import io.vestibule.local.host.Overview.ReceivedMail;
import io.vestibule.local.host.Overview.RunFunction;
import io.vestibule.local.template.Stack;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Renders the page to see the run by. What is in it was typed by strangers: all is escaped. */
final class OverviewPage {

  private static final int LINES_SHOWN = 200;

  /** A page that loads nothing from elsewhere, and that no other page can frame. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; "
          + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, OverviewPage.class.getClassLoader(), "io.vestibule.local.pages");
  private final Account account;
  private final InvocationLog invocations;
  private final Console console;
  private final BackupDesk backups;
  private final ClockDesk clock;
  private final PartnerDesk partners;
  private volatile List<String> wrong = List.of();

  OverviewPage(
      Account account,
      InvocationLog invocations,
      Console console,
      BackupDesk backups,
      ClockDesk clock,
      PartnerDesk partners) {
    this.account = account;
    this.invocations = invocations;
    this.console = console;
    this.backups = backups;
    this.clock = clock;
    this.partners = partners;
  }

  /** What is wrong with the owner's files, from now on: a line for each. */
  void tell(List<String> lines) {
    wrong = List.copyOf(lines);
  }

  WebResponse render(boolean refreshes) {
    var html = new StringOutput();
    templates.render("overview.jte", overview(refreshes), html);
    return new WebResponse(
        200,
        List.of(
            Map.entry("content-type", "text/html;charset=utf-8"),
            Map.entry("content-security-policy", POLICY),
            // With "no-referrer", a browser would hide from us that a button is our own.
            Map.entry("referrer-policy", "same-origin"),
            Map.entry("cache-control", "no-store")),
        html.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Overview overview(boolean refreshes) {
    Stack stack = account.stack();
    return new Overview(
        refreshes,
        clock.now(),
        account.notices(),
        wrong,
        new Forms().all(),
        account.inbox().mails().reversed().stream().map(ReceivedMail::of).toList(),
        stack.tables().stream()
            .map(table -> StoredTable.read(account.operator().dynamoDb(), table.name()))
            .toList(),
        partners.called(),
        backups.look(),
        stack.functions().stream().map(Stack.Lambda::logicalId).map(this::function).toList());
  }

  private RunFunction function(String name) {
    return new RunFunction(
        name,
        invocations.of(name).reversed(),
        account.calls().latest(name).reversed(),
        console.lines(name).reversed().stream().limit(LINES_SHOWN).toList());
  }
}
