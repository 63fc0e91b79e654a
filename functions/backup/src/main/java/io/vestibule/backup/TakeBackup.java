package io.vestibule.backup;

import io.vestibule.backup.Backup.Copy;
import io.vestibule.backup.Progress.Export;
import io.vestibule.backup.Progress.Segment;
import io.vestibule.backup.Progress.Table;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Takes a backup: customers, then erasures, then the wrapped system keys. Only ciphertext and
 * numbers leave the tables, and the key of no person.
 *
 * <p>What is read in one run may be too little: then the backup waits for the next, as it does for
 * an export by DynamoDB. A run that dies leaves files that belong to no backup, and expire with the
 * others.
 */
public final class TakeBackup {

  /** How many pages are in memory at a time. */
  private static final int SEGMENTS = 4;

  private final DynamoDbClient dynamoDb;
  private final Map<Kind, String> tables;
  private final Bucket bucket;
  private final Backups backups;
  private final UnfinishedBackup unfinished;
  private final ExportCustomers exportCustomers;
  private final int unitsPerSecond;
  private final SecureRandom random;
  private final Clock clock;

  TakeBackup(
      DynamoDbClient dynamoDb,
      Map<Kind, String> tables,
      Bucket bucket,
      Backups backups,
      ExportCustomers exportCustomers,
      int unitsPerSecond,
      SecureRandom random,
      Clock clock) {
    this.dynamoDb = dynamoDb;
    this.tables = tables;
    this.bucket = bucket;
    this.backups = backups;
    this.exportCustomers = exportCustomers;
    this.unfinished = new UnfinishedBackup(bucket);
    this.unitsPerSecond = unitsPerSecond;
    this.random = random;
    this.clock = clock;
  }

  /** What came of a run. */
  public sealed interface Outcome {

    /** There is a new backup. */
    record Taken(Backup backup) implements Outcome {}

    /** There will be, when this one is gone on with. */
    record Waiting(Progress progress) implements Outcome {}

    /** There was none to go on with. */
    record NothingWaits() implements Outcome {}
  }

  /**
   * Goes on with the backup that waits, or begins one.
   *
   * @param engine for one that begins; empty for the one that fits its size
   * @throws FailedExport if DynamoDB was to export it, and will not
   */
  public Outcome run(Optional<Engine> engine, Deadline deadline) {
    return run(waiting().orElseGet(() -> begin(engine)), deadline);
  }

  /** Goes on with the backup that waits, if there is one. */
  public Outcome goOn(Deadline deadline) {
    return waiting().map(progress -> run(progress, deadline)).orElseGet(Outcome.NothingWaits::new);
  }

  /** Whether there is one to go on with. */
  public boolean isWaiting() {
    return waiting().isPresent();
  }

  /** One that is on the list is finished, even if the run that finished it died right after. */
  private Optional<Progress> waiting() {
    return unfinished
        .find(clock.instant())
        .filter(progress -> !backups.contains(progress.backup()));
  }

  /** An export is written down before it is ordered: a run that dies then orders it again. */
  private Progress begin(Optional<Engine> wanted) {
    Instant now = clock.instant();
    var id = "%014d-%08x".formatted(now.toEpochMilli(), random.nextInt());
    return switch (wanted.orElseGet(exportCustomers::usual)) {
      case SCAN -> new Progress(id, now, null, List.of());
      case EXPORT -> {
        var progress = new Progress(id, now, Export.begin(), List.of());
        unfinished.keep(progress);
        yield progress;
      }
    };
  }

  private Outcome run(Progress from, Deadline deadline) {
    Progress progress = from;
    for (Kind kind : Kind.values()) {
      if (!progress.isFinished(kind)) {
        progress = copy(progress, kind, deadline);
        if (!progress.isFinished(kind) || deadline.isOver()) {
          return keep(from, progress);
        }
      }
    }
    return new Outcome.Taken(finish(progress));
  }

  /** What did not change is not written: each version stays for as long as the bucket's lock. */
  private Outcome keep(Progress from, Progress progress) {
    if (!progress.equals(from)) {
      unfinished.keep(progress);
    }
    return new Outcome.Waiting(progress);
  }

  private Progress copy(Progress progress, Kind kind, Deadline deadline) {
    @Nullable Export export = progress.export();
    if (kind != Kind.CUSTOMERS || export == null) {
      return progress.with(read(progress, kind, deadline));
    }
    try {
      return exportCustomers.goOn(progress, export, deadline);
    } catch (FailedExport | RefusedBackup e) {
      unfinished.forget(); // Whoever comes next begins anew.
      throw e;
    }
  }

  private Table read(Progress progress, Kind kind, Deadline deadline) {
    Table table = progress.table(kind).orElseGet(() -> begin(kind));
    var scan =
        new SegmentScan(
            dynamoDb,
            name(kind),
            table.segments().size(),
            kind,
            new ExportLayout(bucket, progress.backup(), kind),
            bucket,
            new ReadBudget(unitsPerSecond, Thread::sleep));
    List<Segment> segments =
        Parallel.all(
            SEGMENTS,
            table.segments().stream()
                .<Callable<Segment>>map(
                    segment -> () -> segment.finished() ? segment : scan.run(segment, deadline))
                .toList());
    @Nullable Instant end = segments.stream().allMatch(Segment::finished) ? clock.instant() : null;
    return new Table(kind, table.startedAt(), end, segments);
  }

  private Table begin(Kind kind) {
    var segments = IntStream.range(0, SEGMENTS).mapToObj(Segment::begin).toList();
    return new Table(kind, clock.instant(), null, segments);
  }

  private Backup finish(Progress progress) {
    List<Copy> copies = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      copies.add(copy(progress, kind));
    }
    var backup =
        new Backup(
            Backup.TYPE,
            progress.backup(),
            progress.engine().text(),
            progress.startedAt(),
            clock.instant(),
            List.copyOf(copies));
    backups.add(backup);
    unfinished.forget();
    return backup;
  }

  private Copy copy(Progress progress, Kind kind) {
    Table table = progress.table(kind).orElseThrow();
    long items = table.files().stream().mapToLong(StoredFile::items).sum();
    var copy =
        new Copy(
            kind,
            name(kind),
            table.startedAt(),
            table.endedAt() == null ? clock.instant() : table.endedAt(),
            items,
            table.files(),
            List.of());
    @Nullable Export export = kind == Kind.CUSTOMERS ? progress.export() : null;
    var manifests =
        export == null
            ? new ExportLayout(bucket, progress.backup(), kind).writeManifests(copy)
            : export.manifests();
    return new Copy(
        kind, copy.table(), copy.startedAt(), copy.endedAt(), items, copy.data(), manifests);
  }

  private String name(Kind kind) {
    String name = tables.get(kind);
    if (name == null) {
      throw new IllegalStateException("no table for " + kind);
    }
    return name;
  }
}
