//! How the parts of a mail look. Styles stand at the elements too, since some readers of mail throw the style sheet away;
//! the classes are for the dark, which only a style sheet knows of.

pub(super) const PARAGRAPH: &str = "<p style=\"margin:0 0 14px\">";
pub(super) const TITLE: &str =
    "<h1 style=\"margin:0 0 16px;font:600 26px/1.25 Charter,'Bitstream Charter','Sitka Text',Cambria,Georgia,serif\">";
pub(super) const HEADING: &str = "<h2 style=\"margin:26px 0 8px;font-size:16px;line-height:1.4\">";
pub(super) const LIST: &str = "<ul style=\"margin:0 0 14px;padding:0 0 0 20px\">\n";
pub(super) const COUNTED_LIST: &str = "<ol style=\"margin:0 0 14px;padding:0 0 0 22px\">\n";
pub(super) const ITEM: &str = "<li style=\"margin:0 0 4px\">";
pub(super) const NUMBERS: &str = "<table class=\"numbers line\" role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
                       style=\"margin:0 0 14px;border-top:1px solid #dedbd2\">\n";
pub(super) const NUMBER: &str = "<tr><td class=\"line\" align=\"right\" valign=\"top\" width=\"64\" \
                      style=\"padding:7px 14px 7px 0;border-bottom:1px solid #dedbd2;font-variant-numeric:tabular-nums\">";
pub(super) const COUNTED: &str = "</td><td class=\"line\" style=\"padding:7px 0;border-bottom:1px solid #dedbd2\">";
pub(super) const QUOTATION: &str = "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 14px\">\
                         <tr><td class=\"said\" style=\"padding:12px 16px 1px;background:#fbeedd;border-left:4px solid #9a4d10;\
                         border-radius:4px\">\n";
pub(super) const CODE: &str =
    "<code style=\"font:14px/1.5 ui-monospace,'Cascadia Mono',Menlo,Consolas,monospace;overflow-wrap:anywhere\">";

/// The button, and beneath it where it leads: buttons do not work everywhere. All but the colour is HTML already.
pub(super) fn button(colour: &str, label: &str, link: &str, otherwise: &str) -> String {
    format!(
        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:24px 0 14px\"><tr>\
         <td class=\"button\" bgcolor=\"{colour}\" style=\"border-radius:8px;background:{colour}\">\
         <a href=\"{link}\" style=\"display:inline-block;padding:12px 22px;border-radius:8px;color:#ffffff;\
         font-weight:600;text-decoration:none\">{label}</a></td></tr></table>\n\
         <p class=\"quiet\" style=\"margin:0 0 14px;color:#5e6068;font-size:14px;line-height:1.5\">{otherwise}<br>\n\
         <a class=\"link\" href=\"{link}\" style=\"color:{colour};overflow-wrap:anywhere;word-break:break-word\">\
         {link}</a>"
    )
}
