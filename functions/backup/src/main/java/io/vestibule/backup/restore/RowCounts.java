package io.vestibule.backup.restore;

/**
 * What became of the rows of a backup in one table. The numbers add up to the rows in the backup.
 *
 * @param restored were written and stayed
 * @param skipped were in the live table already
 */
public record RowCounts(long restored, long skipped, LeftOut leftOut) {

  /** How many rows the backup has. */
  public long rows() {
    return restored + skipped + leftOut.rows();
  }

  /**
   * The same when so many rows were taken out, because their customers were erased meanwhile: rows
   * that came after the backup may be among them, and are none of these.
   */
  RowCounts takenOut(long rows) {
    long ofRestored = Math.min(rows, restored);
    long ofSkipped = Math.min(rows - ofRestored, skipped);
    return new RowCounts(
        restored - ofRestored,
        skipped - ofSkipped,
        leftOut.and(new LeftOut(ofRestored + ofSkipped, 0, 0, 0)));
  }
}
