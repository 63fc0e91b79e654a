package io.vestibule.intake;

import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wordings;
import io.vestibule.web.Languages;
import io.vestibule.web.Pages;

/** What intake shows, which comes with it and is the same wherever and whenever it runs. */
record FormTexts(Forms forms, Business business, Languages languages, Pages pages) {

  static FormTexts of(Forms forms) {
    var business = Business.load();
    var languages = new Languages(new Wordings());
    return new FormTexts(forms, business, languages, new Pages(business, languages));
  }

  /** The same pages, of other forms. */
  FormTexts with(Forms others) {
    return new FormTexts(others, business, languages, pages);
  }
}
