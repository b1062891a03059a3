package com.cloudbees.plugins.credentials;

import java.io.Serializable;

/** Signature only. */
public enum CredentialsScope implements Serializable {
    SYSTEM {
        @Override
        public String getDisplayName() {
            throw new UnsupportedOperationException("signature only");
        }
    },
    GLOBAL {
        @Override
        public String getDisplayName() {
            throw new UnsupportedOperationException("signature only");
        }
    },
    USER {
        @Override
        public String getDisplayName() {
            throw new UnsupportedOperationException("signature only");
        }
    };

    public abstract String getDisplayName();
}
