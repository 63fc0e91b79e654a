/**
 * Tells what is wrong with the files that the owner writes (forms, targets, languages, the
 * business), freezes the wordings of consents, and never is deployed.
 */
@NullMarked
package io.vestibule.local.forms;

import org.jspecify.annotations.NullMarked;
