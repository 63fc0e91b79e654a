package io.vestibule.staff;

import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.TodayView;
import java.util.List;

/** Numbers for the first page. Nobody is opened for them. */
interface Tally {

  /** Those that this person may see. */
  List<TodayView.Line> lines(Visit visit, StaffPage page);
}
