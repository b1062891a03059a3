package jenkins.model;

/** Signature only. */
public interface DirectlyModifiableTopLevelItemGroup extends ModifiableTopLevelItemGroup {}
