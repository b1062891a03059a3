package io.jenkins.plugins.darwin.network;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates and keys in PEM (RFC 7468). Whatever else stands between the blocks, such as their names, is passed over. */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";

    private Pem() {}

    /** @param where names the text in a sentence, followed by a verb */
    static List<X509Certificate> certificates(String pem, String where) {
        List<X509Certificate> all = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] der : blocks(pem, "CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE")) {
                all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw ReleaseException.usage("Not certificates: " + where + " holds a block that is none.", e);
        }
        if (all.isEmpty()) {
            throw ReleaseException.usage("No certificates: " + where + " holds no block BEGIN CERTIFICATE.");
        }
        return all;
    }

    /** A private key that has no passphrase, PKCS#8, or PKCS#1 for RSA. */
    static PrivateKey privateKey(String pem, String where) {
        List<byte[]> keys = new ArrayList<>();
        try {
            keys.addAll(blocks(pem, "PRIVATE KEY"));
            blocks(pem, "RSA PRIVATE KEY").forEach(der -> keys.add(wrapped(der)));
        } catch (IllegalArgumentException e) {
            keys.clear(); // told below
        }
        for (byte[] der : keys) {
            for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
                } catch (GeneralSecurityException e) {
                    // another algorithm, perhaps
                }
            }
        }
        throw ReleaseException.usage("No private key: " + where
                + " holds none that can be read without a passphrase; 'openssl pkcs8 -topk8 -nodes' makes such a one.");
    }

    /** PKCS#1 inside PKCS#8 (RFC 5208): version 0, the algorithm rsaEncryption, the key as an octet string. */
    private static byte[] wrapped(byte[] pkcs1) {
        byte[] head = {2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0};
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(head);
        inner.writeBytes(der(4, pkcs1));
        return der(0x30, inner.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else if (content.length < 256) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static List<byte[]> blocks(String pem, String... kinds) {
        List<byte[]> all = new ArrayList<>();
        for (String kind : kinds) {
            String begin = BEGIN + kind + "-----";
            String end = END + kind + "-----";
            for (int at = pem.indexOf(begin); at >= 0; at = pem.indexOf(begin, at)) {
                int stop = pem.indexOf(end, at);
                if (stop < 0) {
                    throw new IllegalArgumentException("a block without an end");
                }
                byte[] der = Base64.getMimeDecoder().decode(pem.substring(at + begin.length(), stop));
                // OpenSSL's TRUSTED CERTIFICATE has more behind the certificate, which the factory passes over.
                all.add(der);
                at = stop;
            }
        }
        return all;
    }
}
