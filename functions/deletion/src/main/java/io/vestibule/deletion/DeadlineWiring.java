package io.vestibule.deletion;

import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Retention;
import io.vestibule.deletion.retain.DailyEntries;
import io.vestibule.deletion.retain.EndEntries;
import io.vestibule.deletion.retain.EndLeftEntries;
import io.vestibule.deletion.retain.EndRetention;
import io.vestibule.deletion.retain.EraseDue;
import io.vestibule.deletion.retain.FindDue;
import io.vestibule.deletion.retain.FinishErasures;
import io.vestibule.deletion.retain.RetentionAnnouncement;
import io.vestibule.deletion.retain.RetentionCheck;
import io.vestibule.store.Table;
import io.vestibule.store.people.CustomersByAge;
import io.vestibule.store.people.Disclosures;
import io.vestibule.store.people.RetentionNotice;
import io.vestibule.store.rows.AskedRequests;
import io.vestibule.store.rows.DueRequests;
import io.vestibule.store.rows.RequestRecords;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What DeadlineFunction is made of, from its environment. */
final class DeadlineWiring {

  final Service service;
  final WatchDeadlines watchDeadlines;
  final RecordRequests recordRequests;
  final Disclosures disclosures;
  final EndRetention endRetention;
  final DailyEntries dailyEntries;
  final SignLedger signLedger;

  private static final class Settings {

    final Service service;
    final ErasureParts.Settings parts;
    final Duration notice;
    final int erasuresPerDay;

    Settings(Env.Reader from) {
      service = Service.read(from);
      parts = new ErasureParts.Settings(from);
      notice = Duration.ofDays(from.count("RETENTION_NOTICE_DAYS"));
      erasuresPerDay = from.count("RETENTION_ERASURES_PER_DAY");
    }
  }

  DeadlineWiring(Env env, Clock clock) {
    var settings = env.read(Settings::new);
    service = settings.service;
    var tables = settings.parts.tables;
    var parts = new ErasureParts(env, settings.parts, false, clock);

    var dueRequests = new DueRequests(parts.dynamoDb, tables.name(Table.REQUESTS));
    watchDeadlines = new WatchDeadlines(dueRequests, clock);
    recordRequests =
        new RecordRequests(
            new AskedRequests(parts.dynamoDb, tables.name(Table.REQUESTS)),
            new RequestRecords(parts.dynamoDb, tables.name(Table.AUDIT)),
            clock);
    disclosures = parts.disclosures;
    signLedger = new SignLedger(parts.erasedNumbers, parts.ledger);

    var retention = new Retention(parts.forms);
    var notice = new RetentionNotice(parts.dynamoDb, tables.name(Table.MAIL_LIMITS));
    var rows = List.of(parts.submissions, parts.requests);
    var check = new RetentionCheck(retention, parts.customers, rows, clock);
    var byAge = new CustomersByAge(parts.dynamoDb, tables.name(Table.CUSTOMERS));
    var announcement = new RetentionAnnouncement(retention, notice, settings.notice, clock);
    var random = new SecureRandom();
    var findDue =
        new FindDue(
            retention, byAge, parts.identities, check, settings.erasuresPerDay, clock, random);
    endRetention =
        new EndRetention(
            notice,
            new FinishErasures(parts.erasedNumbers, parts.eraseCustomer, notice, clock),
            findDue,
            new EraseDue(parts.eraseCustomer, check::isDue),
            announcement,
            clock);
    dailyEntries =
        new DailyEntries(
            new EndEntries(
                retention,
                announcement,
                parts.entries,
                parts.lookups,
                number ->
                    parts.identities.emailIndexesOf(number).stream()
                        .anyMatch(check::mayLoseEntries),
                clock,
                random),
            new EndLeftEntries(
                parts.erasedNumbers,
                parts.identities,
                parts.rows,
                parts.entries,
                parts.notes,
                parts.sweepRows));
  }
}
