package io.vestibule.backup;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/**
 * The most of the heap that was in use since it was last begun, with what nobody needs any more.
 */
final class PeakHeap {

  private static final List<MemoryPoolMXBean> POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private PeakHeap() {}

  static void begin() {
    System.gc(); // What others left is not counted.
    POOLS.forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** At most this, in bytes: the pools may have had their peaks at different times. */
  static long bytes() {
    return POOLS.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }
}
