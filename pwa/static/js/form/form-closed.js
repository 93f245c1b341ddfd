/** Who may record nothing may still say a correction once more: an address of an earlier version led here. */

if (/^#(returned|correct)=/.test(location.hash)) location.replace(`/corrections${location.hash}`);
