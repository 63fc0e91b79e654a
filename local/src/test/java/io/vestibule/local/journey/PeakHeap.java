package io.vestibule.local.journey;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** The most of the heap that was in use after a collection of garbage, while this is open. */
final class PeakHeap implements AutoCloseable {

  private static final Set<String> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());

  private final AtomicLong bytes = new AtomicLong();
  private final NotificationListener listener = (notification, _) -> see(notification);
  private final List<NotificationEmitter> collectors =
      ManagementFactory.getGarbageCollectorMXBeans().stream()
          .map(NotificationEmitter.class::cast)
          .toList();

  static PeakHeap watch() {
    var peak = new PeakHeap();
    peak.collectors.forEach(it -> it.addNotificationListener(peak.listener, null, null));
    return peak;
  }

  private void see(Notification notification) {
    var collection =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
    long used =
        collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
            .filter(pool -> HEAP.contains(pool.getKey()))
            .mapToLong(pool -> pool.getValue().getUsed())
            .sum();
    bytes.accumulateAndGet(used, Math::max);
  }

  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() throws ListenerNotFoundException {
    for (NotificationEmitter collector : collectors) {
      collector.removeNotificationListener(listener);
    }
  }
}
