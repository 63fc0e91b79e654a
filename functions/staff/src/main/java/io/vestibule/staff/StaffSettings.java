package io.vestibule.staff;

import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What StaffFunction reads of its environment. */
record StaffSettings(
    Service service,
    Tables tables,
    String keysetKeyArn,
    String stack,
    String url,
    String issuer,
    String client,
    String rolesClaim,
    String reconcileFunction,
    String deletionFunction,
    String deliverFunction,
    String backupBucket,
    List<String> keyArns,
    Duration auditKept) {

  static StaffSettings read(Env.Reader from) {
    return new StaffSettings(
        Service.read(from),
        Tables.read(
            from,
            Table.IDENTITIES,
            Table.CUSTOMERS,
            Table.ENTRIES,
            Table.RECIPIENTS,
            Table.NOTES,
            Table.LOOKUPS,
            Table.AUDIT,
            Table.LANES,
            Table.DELIVERIES,
            Table.SYSTEM_KEYS,
            Table.SUBMISSIONS,
            Table.REQUESTS,
            Table.SEALING_KEYS),
        from.text("KEYSET_KEY_ARN"),
        from.text("STACK_NAME"),
        from.text("STAFF_URL"),
        from.text("STAFF_ISSUER"),
        from.text("STAFF_CLIENT_ID"),
        from.text("STAFF_ROLES_CLAIM"),
        from.text("RECONCILE_FUNCTION"),
        from.text("DELETION_FUNCTION"),
        from.text("DELIVER_FUNCTION"),
        from.text("BACKUP_BUCKET"),
        Stream.of("KEYSET_KEY_ARN", "TABLE_KEY_ARN", "RECEIPT_KEY_ARN", "LEDGER_KEY_ARN")
            .map(from::text)
            .toList(),
        Duration.ofDays(from.count("STAFF_AUDIT_DAYS")));
  }
}
