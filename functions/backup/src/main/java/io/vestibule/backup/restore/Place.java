package io.vestibule.backup.restore;

/** Where the rows of one table are restored to, and how far that has come. */
public record Place(Target target, RestoreProgress progress) {}
