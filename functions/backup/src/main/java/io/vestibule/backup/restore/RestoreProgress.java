package io.vestibule.backup.restore;

import java.util.List;

/**
 * What is kept of a restore, file by file, so that the next run can continue one that was cut off.
 */
public interface RestoreProgress {

  /** For tables that are dropped if their restore fails. */
  RestoreProgress NONE =
      new RestoreProgress() {
        @Override
        public List<RestoredFile> find() {
          return List.of();
        }

        @Override
        public void keep(RestoredFile written) {}

        @Override
        public void forget() {}
      };

  /** The files that an earlier run has written to the end. */
  List<RestoredFile> find();

  /** A file is written to its end. */
  void keep(RestoredFile written);

  /** The restore is over. */
  void forget();
}
