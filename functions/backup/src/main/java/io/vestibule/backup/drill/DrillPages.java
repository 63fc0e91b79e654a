package io.vestibule.backup.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.backup.Bucket;
import io.vestibule.backup.JsonDocument;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A drill's report in the bucket, for machines as JSON, and as a page for people. */
final class DrillPages {

  private static final String NOT_COUNTED = "not counted";

  private final Bucket bucket;

  DrillPages(Bucket bucket) {
    this.bucket = bucket;
  }

  void write(DrillReport report) {
    bucket.put(report.key() + ".html", page(report).getBytes(UTF_8));
    bucket.put(report.key() + ".json", JsonDocument.of(report));
  }

  /** Nothing in it was typed by a stranger: ids, counts, and sentences of ours. */
  private static String page(DrillReport report) {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s – restore drill</title>
    <style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
    th { text-align: left; padding-right: 1rem } td { text-align: right }</style>
    <h1>%1$s</h1>
    <p>%2$s</p>
    <table>
    <tr><th scope="row">Drill</th><td>%3$s</td></tr>
    <tr><th scope="row">Backup</th><td>%4$s</td></tr>
    <tr><th scope="row">Customers in it</th><td>%5$d</td></tr>
    <tr><th scope="row">Restored</th><td>%6$d</td></tr>
    <tr><th scope="row">Kept out, because they were erased</th><td>%7$d</td></tr>
    <tr><th scope="row">Kept out by entries that nobody signed</th><td>%17$d</td></tr>
    <tr><th scope="row">Erased, and yet came back</th><td>%8$d</td></tr>
    <tr><th scope="row">Sample that could be read</th><td>%9$d of %10$d</td></tr>
    %18$s<tr><th scope="row">In use: addresses whose customer is missing</th><td>%11$s</td></tr>
    <tr><th scope="row">In use: customers whose key is missing</th><td>%12$s</td></tr>
    <tr><th scope="row">In use: records older than their key's row</th><td>%13$s</td></tr>
    <tr><th scope="row">In use: records newer than their key's row</th><td>%14$s</td></tr>
    <tr><th scope="row">In the backup: records newer than in use</th><td>%15$s</td></tr>
    <tr><th scope="row">Time it took</th><td>%16$.1f s</td></tr>
    </table>
    </html>
    """
        .formatted(
            report.passed() ? "Passed" : "Failed",
            sentence(report),
            report.at(),
            report.backup(),
            report.items(),
            report.restored(),
            report.erasedAgain(),
            report.resurrected(),
            report.opened(),
            report.opened() + report.failed(),
            orphans(report, report.orphans().withoutCustomer()),
            orphans(report, report.orphans().withoutIdentity()),
            versions(report, Versions::restored),
            versions(report, Versions::recovered),
            versions(report, Versions::rolledBack),
            report.seconds(),
            report.invalid(),
            entries(report.entries()));
  }

  /** Nothing of a backup that has none. */
  private static String entries(@Nullable DrilledEntries entries) {
    return entries == null
        ? ""
        : """
        <tr><th scope="row">Entries in it</th><td>%d</td></tr>
        <tr><th scope="row">Entries restored</th><td>%d</td></tr>
        <tr><th scope="row">Entries of customers who were kept out</th><td>%d</td></tr>
        <tr><th scope="row">Entries whose time is over</th><td>%d</td></tr>
        <tr><th scope="row">Entries of nobody in it</th><td>%d</td></tr>
        <tr><th scope="row">Erased, and an entry came back</th><td>%d</td></tr>
        <tr><th scope="row">Sample of entries that could be read</th><td>%d of %d</td></tr>
        """
            .formatted(
                entries.items(),
                entries.restored(),
                entries.erasedAgain() + entries.invalid(),
                entries.over(),
                entries.unowned(),
                entries.resurrected(),
                entries.opened(),
                entries.opened() + entries.failed());
  }

  private static String orphans(DrillReport report, Orphans.Side side) {
    return report.orphans().complete() ? String.valueOf(side.count()) : NOT_COUNTED;
  }

  private static String versions(DrillReport report, ToLongFunction<Versions> count) {
    var versions = report.versions();
    return versions == null ? NOT_COUNTED : String.valueOf(count.applyAsLong(versions));
  }

  private static String sentence(DrillReport report) {
    if (!report.refused().isEmpty()) {
      return report.refused();
    }
    return report.passed()
        ? "This backup was restored into a table of its own, counted, read and dropped again."
        : "This backup was restored, but it is not what it should be. Compare the numbers.";
  }
}
