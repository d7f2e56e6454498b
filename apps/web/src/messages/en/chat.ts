/** The chat's own words are the catalogue's; other languages are held complete by them. */
export { englishWords as chat } from '@quarterdeck/chat/words';
