package com.cloudbees.plugins.credentials.domains;

import java.io.Serializable;

/** Signature only. */
public class DomainRequirement implements Serializable {}
