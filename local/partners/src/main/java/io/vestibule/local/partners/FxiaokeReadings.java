package io.vestibule.local.partners;

/**
 * What Fxiaoke's papers leave open.
 *
 * @param dropsWhatIsLeftOut whether a change empties the fields that it does not name
 * @param nullEmpties whether a null empties a field, and not an empty text only
 * @param refusesWhatIsGone whether a question for a record that is not there is refused, and not
 *     answered with nothing
 * @param showsInvalid whether what was thrown away is shown
 * @param ownerIsText whether the owner is shown as a text, and not as a list
 */
public record FxiaokeReadings(
    boolean dropsWhatIsLeftOut,
    boolean nullEmpties,
    boolean refusesWhatIsGone,
    boolean showsInvalid,
    boolean ownerIsText) {

  /** Whichever is harder on who calls. */
  public static final FxiaokeReadings STRICT = new FxiaokeReadings(true, false, true, false, true);

  /** Whichever is easier. */
  public static final FxiaokeReadings KIND = new FxiaokeReadings(false, true, false, true, false);
}
